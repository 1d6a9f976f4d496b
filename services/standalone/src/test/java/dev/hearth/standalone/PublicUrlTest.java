package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.standalone.PublicUrl.Listening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicUrlTest {
    private static final Listening PLAIN = new Listening("127.0.0.1", 8080, false);
    private static final Listening TLS = new Listening("0.0.0.0", 8443, true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://hearth.example:8443    | https://hearth.example:8443",
                "https://hearth.example:8443/   | https://hearth.example:8443",
                "HTTPS://Hearth.Example:8443    | https://hearth.example:8443",
                "https://hearth.example:443     | https://hearth.example",
                "https://192.168.1.7:8443       | https://192.168.1.7:8443",
                "https://[fd00::7]:8443         | https://[fd00::7]:8443",
                "https://box                    | https://box"
            })
    void an_origin_is_taken_as_browsers_write_it(String text, String taken) {
        assertThat(PublicUrl.checked(text, TLS).value()).hasToString(taken);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hearth.example             | does not begin with https:// or http://",
                "hearth.example:8443        | does not begin with https:// or http://",
                "localhost                  | does not begin with",
                "ftp://hearth.example       | begins with ftp://",
                "https://                   | is not a URL",
                "https:///x                 | has no host",
                "https://a b                | is not a URL",
                "https://my_box             | has no host that could be one",
                "https://hearth.example/app | has the path /app; Hearth is a whole origin, not a part of one. Write https://hearth.example",
                "https://hearth.example?a=b | something after a ? or #",
                "https://hearth.example/#x  | something after a ? or #",
                "https://hearth.example:0   | a port that cannot be",
                "https://hearth.example:70000 | a port that cannot be",
                "https://0.0.0.0:8443       | which means every address of this machine",
                "https://[::]:8443          | which means every address of this machine",
                "http://hearth.example:8443 | says http, but with --tls the origin speaks https only. Write https://hearth.example:8443"
            })
    void what_cannot_be_is_refused_with_what_is_wrong(String text, String why) {
        assertThatThrownBy(() -> PublicUrl.checked(text, TLS))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The public URL ")
                .hasMessageContaining(why);
    }

    @Test
    void a_password_in_it_is_not_repeated() {
        assertThatThrownBy(() -> PublicUrl.checked("https://ann:secret@hearth.example", TLS))
                .hasMessageContaining("user or password")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://hearth.example | right if a proxy with a certificate stands before it",
                "http://localhost:9000  | has port 9000, and the origin listens on 8080",
                "http://box:8080        | passwords and tokens travel readable",
            })
    void what_may_be_a_slip_is_noted(String text, String note) {
        assertThat(PublicUrl.checked(text, PLAIN).notes())
                .singleElement()
                .asString()
                .contains(note);
    }

    @Test
    void with_tls_another_port_and_a_closed_address_are_noted() {
        var notes = PublicUrl.checked("https://hearth.example", new Listening("127.0.0.1", 8443, true))
                .notes();

        assertThat(notes).hasSize(2);
        assertThat(notes.get(0)).contains("has port 443, and the origin listens on 8443");
        assertThat(notes.get(1)).contains("--host 0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8080,127.0.0.1,8080,false", "https://hearth.example:8443,0.0.0.0,8443,true"})
    void what_agrees_is_taken_without_a_word(String text, String host, int port, boolean tls) {
        assertThat(PublicUrl.checked(text, new Listening(host, port, tls)).notes())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,false,http://localhost:8080",
        "0.0.0.0,true,https://localhost:8080",
        "::,false,http://localhost:8080",
        "192.168.1.7,true,https://192.168.1.7:8080",
        "fd00::7,false,http://[fd00::7]:8080"
    })
    void without_one_it_is_where_the_origin_listens(String host, boolean tls, String url) {
        assertThat(PublicUrl.otherwise(new Listening(host, 8080, tls)).value()).hasToString(url);
    }
}
