package dev.hearth.auth.identity;

import java.time.Duration;
import java.time.Instant;

/// When a session ends, and when its use is worth noting.
public record SessionLimits(Duration idle, Duration longest, Duration noted) {
    public SessionLimits {
        if (idle.isNegative() || idle.isZero() || longest.compareTo(idle) < 0 || noted.compareTo(idle) >= 0) {
            throw new IllegalArgumentException("limits of sessions have to be 0 < noted < idle <= longest");
        }
    }

    /// The last moment of a session that begins now, however it is used.
    public Instant end(Instant now) {
        return now.plus(longest);
    }

    /// When a session ends if it is not used again after `seenAt`.
    public Instant endUnused(Instant seenAt, Instant expiresAt) {
        var idleEnd = seenAt.plus(idle);
        return idleEnd.isBefore(expiresAt) ? idleEnd : expiresAt;
    }

    public boolean hasEnded(Instant seenAt, Instant expiresAt, Instant now) {
        return !now.isBefore(endUnused(seenAt, expiresAt));
    }

    public boolean isWorthNoting(Instant seenAt, Instant now) {
        return !now.isBefore(seenAt.plus(noted));
    }
}
