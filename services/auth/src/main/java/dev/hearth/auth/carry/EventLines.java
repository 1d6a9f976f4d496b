package dev.hearth.auth.carry;

import com.fasterxml.jackson.core.JsonFactory;
import dev.hearth.auth.carry.Archive.EventLine;
import dev.hearth.contracts.Alias;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Events as lines of JSON, and back, to the same bytes.
final class EventLines {
    private static final int MOST_WORD = 200;
    private static final int MOST_ATTRIBUTES = 100;
    private static final int MOST_ATTRIBUTE = 4_000;
    private static final Pattern JSON_TYPE = Pattern.compile("application/([a-z0-9!#$&^_.-]+\\+)?json *(;.*)?");
    private static final JsonFactory PAYLOADS = Archive.JSON.getFactory();

    private EventLines() {}

    static byte[] write(Event event) throws IOException {
        var text = event.erased() ? Optional.<String>empty() : text(event.payload());
        var line = new EventLine(
                event.sequence().value(),
                event.stream().value(),
                event.revision().value(),
                event.id().value(),
                event.type(),
                event.contentType(),
                event.isPrivate(),
                event.erased(),
                event.alias().map(Alias::value),
                Optional.of(event.actor()),
                event.origin().device(),
                event.origin().session(),
                event.origin().correlation(),
                event.origin().causation(),
                event.occurredAt(),
                Optional.of(event.recordedAt()),
                event.attributes(),
                text,
                text.isPresent() || event.erased()
                        ? Optional.empty()
                        : Optional.of(event.payload().bytes()));
        return Archive.JSON.writeValueAsBytes(line);
    }

    /// The payload as text, if it becomes the same bytes again.
    private static Optional<String> text(Payload payload) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload.bytes()))
                    .toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    static EventLine read(byte[] line) throws IOException {
        return Archive.JSON.readValue(line, EventLine.class);
    }

    /// What a face could have appended.
    /// @throws IllegalArgumentException if none could
    static NewEvent event(EventLine line) {
        var payload = payload(line);
        var type = word(line.contentType());
        if (JSON_TYPE.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
            isJson(payload);
        }
        return new NewEvent(
                new EventId(word(line.id())),
                new StreamId(word(line.stream())),
                word(line.type()),
                payload,
                type,
                line.isPrivate(),
                line.alias().map(Alias::new),
                new Origin(
                        line.device().map(EventLines::word),
                        line.session().map(EventLines::word),
                        line.correlation().map(EventLines::word),
                        line.causation().map(EventLines::word)),
                line.occurredAt(),
                attributes(line.attributes()));
    }

    private static Payload payload(EventLine line) {
        if (line.text().isPresent() == line.base64().isPresent()) {
            throw new IllegalArgumentException("an event has either text or base64");
        }
        return line.text()
                .map(text -> Payload.utf8(storable(text, Integer.MAX_VALUE)))
                .orElseGet(() -> new Payload(line.base64().orElseThrow()));
    }

    /// Faces hand such payloads on as they are, as a part of JSON of their own.
    private static void isJson(Payload payload) {
        var text = text(payload).orElseThrow(() -> new IllegalArgumentException("JSON is UTF-8"));
        try (var parser = PAYLOADS.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("a payload is a value");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("a payload is one value");
            }
        } catch (IOException malformed) {
            throw new IllegalArgumentException("a payload is not the JSON it is said to be", malformed);
        }
    }

    private static Map<String, String> attributes(@Nullable Map<String, String> attributes) {
        if (attributes == null) {
            return Map.of();
        }
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw new IllegalArgumentException("an event has at most " + MOST_ATTRIBUTES + " attributes");
        }
        attributes.forEach((name, value) -> {
            word(name);
            storable(value, MOST_ATTRIBUTE);
        });
        return attributes;
    }

    private static String word(@Nullable String text) {
        return storable(text, MOST_WORD);
    }

    private static String storable(@Nullable String text, int most) {
        if (text == null || !canBeStored(text, most)) {
            throw new IllegalArgumentException("a field is missing, too long, or no text");
        }
        return text;
    }

    /// Postgres takes no NUL, and half a character is none.
    static boolean canBeStored(String text, int most) {
        return text.length() <= most
                && text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
