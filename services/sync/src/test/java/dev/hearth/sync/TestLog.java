package dev.hearth.sync;

import dev.hearth.eventlog.ScopedEventLog;
import dev.hearth.testkit.InMemoryEventLog;
import dev.hearth.testkit.LogLimits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// The log of this service's own tests: in memory. It takes the place of the client that asks the event-store.
final class TestLog {
    static final LogLimits LIMITS = new LogLimits(500, 64 * 1024, 256 * 1024, 20);

    private TestLog() {}

    @Produces
    @Singleton
    static ScopedEventLog log() {
        return new ScopedEventLog(new InMemoryEventLog(LIMITS, Clock.systemUTC()));
    }
}
