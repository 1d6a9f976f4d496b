package dev.hearth.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "hearth.example,hearth.example,true",
        "Hearth.Example,hearth.EXAMPLE,true",
        "hearth.example,example,false",
        "hearth.example,*.example,true",
        "my.hearth.example,*.example,false",
        "example,*.example,false",
        "evilexample,*.example,false"
    })
    void a_star_stands_for_one_label(String name, String pattern, boolean matches) {
        assertThat(new HostName(name).matches(pattern)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,true",
        "app.localhost,true",
        "127.0.0.1,true",
        "127.9.9.9,true",
        "[::1],true",
        "notlocalhost,false",
        "192.168.1.7,false"
    })
    void this_machine_has_many_names(String name, boolean here) {
        assertThat(new HostName(name).isThisMachine()).isEqualTo(here);
    }
}
