package dev.hearth.auth.signin;

import java.time.Duration;

/// A clock that starts with a request. What is refused is answered at its next stroke, so that a refusal which took
/// longer, because there was a password to compare, comes no later than one that did not.
record Beat(Duration length) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    Beat {
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("a beat has a length");
        }
    }

    /// How long to wait after so much has passed. Timers know no less than a millisecond.
    Duration rest(Duration passed) {
        var rest = length.minusNanos(passed.toNanos() % length.toNanos());
        return rest.compareTo(SHORTEST) < 0 ? SHORTEST : rest;
    }
}
