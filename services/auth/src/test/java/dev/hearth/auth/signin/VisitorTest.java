package dev.hearth.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.problems.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitorTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,'203.0.113.7',203.0.113.7",
        "127.0.0.1,'6.6.6.6, 203.0.113.7',203.0.113.7",
        "::1,203.0.113.7,203.0.113.7",
        "127.0.0.1,,127.0.0.1",
        "198.51.100.4,203.0.113.7,198.51.100.4"
    })
    void only_the_origins_word_counts_on_whom_it_speaks_for(String remote, String forwarded, String address) {
        assertThat(Visitor.address(remote, forwarded)).isEqualTo(address);
    }

    @Test
    void one_address_may_try_so_often_and_others_are_not_touched() {
        var attempts = new Attempts(2, Duration.ofMinutes(1));
        attempts.count("a");
        attempts.count("a");

        assertThatThrownBy(() -> attempts.count("a")).isInstanceOf(ProblemException.class);
        attempts.count("b");
    }

    @ParameterizedTest
    @CsvSource({
        "'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',Firefox on Linux",
        "'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',Chrome on Android",
        "'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1',Safari on iPhone",
        "'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0',Edge on Windows",
        "'curl/8.15.0',curl/8.15.0",
        ",Unknown device"
    })
    void a_device_is_called_what_a_person_knows_it_by(String userAgent, String name) {
        assertThat(DeviceName.of(userAgent)).isEqualTo(name);
    }
}
