package dev.hearth.eventlog;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.StreamId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// An event a writer wants appended. `occurredAt` is the device's own record time; order never depends on it.
public record NewEvent(
        EventId id,
        StreamId stream,
        String type,
        Payload payload,
        String contentType,
        boolean isPrivate,
        Optional<Alias> alias,
        Origin origin,
        Optional<Instant> occurredAt,
        Map<String, String> attributes) {
    public static final int MAX_TYPE_LENGTH = 200;

    public NewEvent {
        if (type.isEmpty() || type.length() > MAX_TYPE_LENGTH || type.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an event's type has 1 to " + MAX_TYPE_LENGTH + " characters");
        }
        attributes = Map.copyOf(attributes);
    }
}
