package dev.hearth.sync.live;

import dev.hearth.contracts.Sequence;

/// Why a follower gets nothing, or nothing more. It may follow again from its cursor where that makes sense.
public final class NotFollowed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The ways it ends.
    public sealed interface Reason {
        /// The caller has no such store, or no longer.
        record UnknownStore() implements Reason {}

        /// The cursor lies beyond the store's head.
        record BeyondHead(Sequence head) implements Reason {}

        /// There were events, and the follower took none for too long.
        record TooSlow() implements Reason {}

        /// This process ends; the next one, or another, takes the follower in.
        record Stopping() implements Reason {}

        /// As many follow as allowed, of this user or in all.
        record TooMany(boolean ofOneUser, int limit) implements Reason {}
    }

    private final transient Reason reason;

    NotFollowed(Reason reason) {
        // Expected outcomes have no stack.
        super(reason.toString(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
