package dev.hearth.auth.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final SessionLimits LIMITS =
            new SessionLimits(Duration.ofDays(7), Duration.ofDays(30), Duration.ofMinutes(1));

    @Test
    void a_session_ends_when_it_was_not_used_for_so_long() {
        var seen = START.plus(Duration.ofDays(2));

        assertThat(ended(seen, seen.plus(Duration.ofDays(7)).minusNanos(1))).isFalse();
        assertThat(ended(seen, seen.plus(Duration.ofDays(7)))).isTrue();
    }

    @Test
    void no_use_makes_a_session_last_longer_than_the_longest() {
        var end = LIMITS.end(START);

        assertThat(end).isEqualTo(START.plus(Duration.ofDays(30)));
        assertThat(ended(end.minusNanos(1), end.minusNanos(1))).isFalse();
        assertThat(ended(end.minusNanos(1), end)).isTrue();
    }

    @Test
    void use_is_noted_once_in_a_while() {
        assertThat(LIMITS.isWorthNoting(START, START.plusSeconds(59))).isFalse();
        assertThat(LIMITS.isWorthNoting(START, START.plusSeconds(60))).isTrue();
    }

    @Test
    void limits_that_contradict_each_other_are_refused() {
        refused(Duration.ZERO, Duration.ofDays(1), Duration.ZERO);
        refused(Duration.ofDays(2), Duration.ofDays(1), Duration.ofMinutes(1));
        refused(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1));
    }

    private static void refused(Duration idle, Duration longest, Duration noted) {
        assertThatThrownBy(() -> new SessionLimits(idle, longest, noted)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean ended(Instant seen, Instant now) {
        return LIMITS.hasEnded(seen, LIMITS.end(START), now);
    }
}
