package dev.hearth.sync;

import dev.hearth.testkit.InMemorySessions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Who may call, in this service's own tests: whoever has a verified token, until a test says otherwise.
final class TestSessions {
    private TestSessions() {}

    @Produces
    @Singleton
    static InMemorySessions sessions() {
        return new InMemorySessions(Clock.systemUTC());
    }
}
