package dev.hearth.auth;

import dev.hearth.testkit.InMemoryEventLog;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The log of this service's own tests: in memory. It takes the place of the clients that ask the event-store.
final class LogInTests {
    private LogInTests() {}

    @Produces
    @Singleton
    static InMemoryEventLog log() {
        return new InMemoryEventLog();
    }
}
