package dev.hearth.testkit;

import dev.hearth.eventlog.EventLog;
import java.time.Clock;

final class InMemoryEventLogTest extends EventLogContract {
    private final InMemoryEventLog log = new InMemoryEventLog(LogLimits.SMALL, Clock.systemUTC());

    @Override
    protected EventLog log() {
        return log;
    }
}
