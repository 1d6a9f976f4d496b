package dev.hearth.auth.signin;

import java.time.Duration;

/// A clock that starts with a request. What is refused is answered at its next stroke, so that a refusal which took
/// longer, because there was a password to compare, comes no later than one that did not.
record Beat(Duration length) {
    Beat {
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("a beat has a length");
        }
    }

    /// How long to wait after so much has passed.
    Duration rest(Duration passed) {
        long over = passed.toNanos() % length.toNanos();
        return over == 0 && !passed.isZero() ? Duration.ZERO : length.minusNanos(over);
    }
}
