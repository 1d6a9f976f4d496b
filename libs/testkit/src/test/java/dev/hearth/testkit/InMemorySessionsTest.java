package dev.hearth.testkit;

import dev.hearth.caller.Sessions;
import java.time.Clock;

final class InMemorySessionsTest extends SessionsContract {
    private final InMemorySessions sessions = new InMemorySessions(Clock.systemUTC());

    @Override
    protected Sessions sessions() {
        return sessions;
    }

    @Override
    protected Identities identities() {
        return sessions;
    }
}
