package dev.hearth.testkit;

import dev.hearth.contracts.EventId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Events for tests that look at one thing of them, or at none.
public final class TestEvents {
    private static final StreamId NOTES = new StreamId("notes");
    private static final Payload EMPTY = Payload.utf8("{}");

    private TestEvents() {}

    public static NewEvent any() {
        return of(EMPTY);
    }

    public static NewEvent of(Payload payload) {
        return of(UUID.randomUUID().toString(), NOTES, payload);
    }

    public static NewEvent of(String id) {
        return of(id, NOTES, EMPTY);
    }

    public static NewEvent of(String id, StreamId stream, Payload payload) {
        return new NewEvent(
                new EventId(id),
                stream,
                "noted",
                payload,
                "application/json",
                false,
                Optional.empty(),
                Origin.UNKNOWN,
                Optional.empty(),
                Map.of());
    }
}
