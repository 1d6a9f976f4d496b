package dev.hearth.standalone.demo;

import java.time.Duration;

/// What a chapter saw.
public sealed interface Seen {
    /// Both devices came to have the same events.
    record Met(int events, Duration time) implements Seen {
        double perSecond() {
            return events * 1e9 / time.toNanos();
        }
    }

    /// Pushes were refused, because the other device's events came first.
    record Conflicts(int refused, int events) implements Seen {}

    /// How long an event takes from one device to the other.
    record Latency(Duration median, Duration longest) implements Seen {}

    /// A device was killed.
    record Killed(int events, int unpushed, Duration recovery) implements Seen {}

    /// The server, or a part of it, was killed.
    record Survived(int events, Duration away, Duration recovery) implements Seen {}

    /// Nothing is lost or doubled.
    record Settled(int written, int kept, String digest) implements Seen {}
}
