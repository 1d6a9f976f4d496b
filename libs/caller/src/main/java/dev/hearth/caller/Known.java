package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import java.time.Instant;
import java.util.Set;

/// What the port said of a caller: who they are, what that hangs on, and until when it can be true.
record Known(Caller caller, Set<Subject> hangsOn, Instant expiresAt) {
    Known {
        hangsOn = Set.copyOf(hangsOn);
    }
}
