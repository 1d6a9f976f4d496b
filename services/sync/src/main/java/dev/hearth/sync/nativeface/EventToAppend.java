package dev.hearth.sync.nativeface;

import dev.hearth.contracts.EventId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.Origin;
import dev.hearth.sync.json.RawJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One event as a client sends it.
public record EventToAppend(
        @Schema(
                description = "Names the event in its store; repeating it is safe. Absent: derived from the"
                        + " Idempotency-Key, else random",
                maxLength = 200)
        @Nullable
        String id,

        @Schema(required = true, maxLength = 200, examples = "task.added") @Nullable
        String type,

        @Schema(description = "The thing it is about", defaultValue = "default", maxLength = 200) @Nullable
        String stream,

        @Schema(description = "Any JSON; kept byte for byte", required = true, implementation = Object.class) @Nullable
        RawJson data,

        @Schema(description = "A JSON media type", defaultValue = "application/json", maxLength = 100) @Nullable
        String contentType,

        @Schema(description = "When it happened, by the device's clock", format = "date-time") @Nullable
        String occurredAt,

        @Schema(maxLength = 200) @Nullable String device,
        @Schema(maxLength = 200) @Nullable String session,
        @Schema(maxLength = 200) @Nullable String correlation,
        @Schema(maxLength = 200) @Nullable String causation,

        @Schema(description = "At most 16 short texts") @Nullable
        Map<String, @Nullable String> attributes) {
    private static final int MAX_TEXT = 200;
    private static final int MAX_ATTRIBUTES = 16;
    private static final int MAX_ATTRIBUTE_NAME = 100;
    private static final int MAX_ATTRIBUTE_VALUE = 1_000;

    NewEvent newEvent(int index, boolean isPrivate, Optional<String> idempotencyKey) {
        var at = "events[" + index + "].";
        if (data() == null) {
            throw Texts.refused("\"" + at + "data\" is missing.");
        }
        return new NewEvent(
                id(at, index, idempotencyKey),
                new StreamId(Texts.optional(at + "stream", stream(), StreamId.MAX_LENGTH)
                        .orElse("default")),
                Texts.required(at + "type", type(), NewEvent.MAX_TYPE_LENGTH),
                data().bytes(),
                contentType(at),
                isPrivate,
                Optional.empty(),
                new Origin(
                        Texts.optional(at + "device", device(), MAX_TEXT),
                        Texts.optional(at + "session", session(), MAX_TEXT),
                        Texts.optional(at + "correlation", correlation(), MAX_TEXT),
                        Texts.optional(at + "causation", causation(), MAX_TEXT)),
                occurredAt(at),
                attributes(at));
    }

    private EventId id(String at, int index, Optional<String> idempotencyKey) {
        return new EventId(Texts.optional(at + "id", id(), EventId.MAX_LENGTH)
                .or(() -> idempotencyKey.map(key -> key + ":" + index))
                .orElseGet(() -> UUID.randomUUID().toString()));
    }

    private String contentType(String at) {
        var type = Texts.optional(at + "contentType", contentType(), 100).orElse("application/json");
        if (!JsonMediaType.is(type)) {
            throw Texts.refused("\"" + at + "contentType\" is a JSON media type.");
        }
        return type;
    }

    private Optional<Instant> occurredAt(String at) {
        return Texts.optional(at + "occurredAt", occurredAt(), 40).map(text -> {
            try {
                var time = OffsetDateTime.parse(text);
                if (time.getYear() >= 0 && time.getYear() <= 9999) {
                    return time.toInstant();
                }
            } catch (DateTimeException malformed) {
                // Refused below.
            }
            throw Texts.refused("\"" + at + "occurredAt\" is written like 2031-02-03T04:05:06.789Z.");
        });
    }

    private Map<String, String> attributes(String at) {
        var sent = attributes();
        if (sent == null) {
            return Map.of();
        }
        if (sent.size() > MAX_ATTRIBUTES) {
            throw Texts.refused("\"" + at + "attributes\" has at most " + MAX_ATTRIBUTES + " members.");
        }
        var checked = new HashMap<String, String>();
        sent.forEach((name, value) -> {
            Texts.required(at + "attributes", name, MAX_ATTRIBUTE_NAME);
            if (value == null || value.length() > MAX_ATTRIBUTE_VALUE) {
                throw Texts.refused("A value in \"" + at + "attributes\" is a text of at most " + MAX_ATTRIBUTE_VALUE
                        + " characters.");
            }
            checked.put(name, Texts.storable(at + "attributes", value));
        });
        return checked;
    }
}
