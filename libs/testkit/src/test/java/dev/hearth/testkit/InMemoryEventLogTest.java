package dev.hearth.testkit;

import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.ScopedEventLog;
import dev.hearth.eventlog.StoreErasure;
import java.time.Clock;

final class InMemoryEventLogTest extends EventLogContract {
    private final InMemoryEventLog whole = new InMemoryEventLog(LogLimits.SMALL, Clock.systemUTC());
    private final EventLog log = new ScopedEventLog(whole);

    @Override
    protected EventLog log() {
        return log;
    }

    @Override
    protected StoreErasure erasure() {
        return whole;
    }
}
