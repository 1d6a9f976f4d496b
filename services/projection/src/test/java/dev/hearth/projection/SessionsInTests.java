package dev.hearth.projection;

import dev.hearth.testkit.InMemorySessions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Who may call, in this service's own tests: whoever has a verified token, until a test says otherwise.
final class SessionsInTests {
    private SessionsInTests() {}

    @Produces
    @Singleton
    static InMemorySessions sessions() {
        return new InMemorySessions(Clock.systemUTC());
    }
}
