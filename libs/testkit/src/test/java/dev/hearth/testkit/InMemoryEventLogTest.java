package dev.hearth.testkit;

import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.ScopedEventLog;
import java.time.Clock;

final class InMemoryEventLogTest extends EventLogContract {
    private final EventLog log = new ScopedEventLog(new InMemoryEventLog(LogLimits.SMALL, Clock.systemUTC()));

    @Override
    protected EventLog log() {
        return log;
    }
}
