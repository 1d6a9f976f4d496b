package dev.hearth.projection;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The log of this service's own tests. It takes the place of the client that asks the event-store.
final class LogInTests {
    private LogInTests() {}

    @Produces
    @Singleton
    static TestLog log() {
        return new TestLog();
    }
}
