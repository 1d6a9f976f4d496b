package dev.hearth.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeatTest {
    private static final Beat BEAT = new Beat(Duration.ofSeconds(1));

    @ParameterizedTest
    @CsvSource({"0,1000", "1,999", "999,1", "1000,1000", "1001,999", "2500,500"})
    void a_refusal_is_answered_at_the_next_stroke(long passed, long rest) {
        assertThat(BEAT.rest(Duration.ofMillis(passed))).isEqualTo(Duration.ofMillis(rest));
    }

    @Test
    void what_is_left_is_never_too_short_for_a_timer() {
        assertThat(BEAT.rest(Duration.ofNanos(999_999_999))).isEqualTo(Duration.ofMillis(1));
    }
}
