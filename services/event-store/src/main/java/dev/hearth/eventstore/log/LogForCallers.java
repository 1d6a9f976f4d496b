package dev.hearth.eventstore.log;

import dev.hearth.eventlog.ScopedEventLog;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The log that is asked on somebody's behalf: Postgres', held to what the caller's credential may.
@Singleton
public class LogForCallers {

    @Produces
    @Singleton
    ScopedEventLog log(PostgresEventLog postgres) {
        return new ScopedEventLog(postgres);
    }
}
