package dev.hearth.sync.nativeface;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearth.eventlog.Event;
import dev.hearth.sync.live.EventForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// An event as JSON. Its payload goes in last, as the bytes that were sent.
final class EventJson implements EventForm {
    static final EventJson FORM = new EventJson();

    // What is begun here is ended by hand, after the raw bytes.
    private static final JsonFactory JSON = JsonFactory.builder()
            .configure(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_CONTENT, false)
            .build();

    private EventJson() {}

    @Override
    public byte[] encode(Event event) {
        var bytes = new ByteArrayOutputStream(event.payload().size() + 400);
        try {
            try (var json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
                json.writeStartObject();
                write(event, json);
            }
            payload(event, bytes);
            bytes.write('}');
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(Event event, JsonGenerator json) throws IOException {
        json.writeNumberField("sequence", event.sequence().value());
        json.writeStringField("id", event.id().value());
        json.writeStringField("type", event.type());
        json.writeStringField("stream", event.stream().value());
        json.writeNumberField("revision", event.revision().value());
        if (event.alias().isPresent()) {
            json.writeNumberField("alias", event.alias().get().value());
        }
        json.writeStringField("contentType", event.contentType());
        json.writeBooleanField("private", event.isPrivate());
        json.writeStringField("actor", event.actor());
        text(json, "device", event.origin().device());
        text(json, "session", event.origin().session());
        text(json, "correlation", event.origin().correlation());
        text(json, "causation", event.origin().causation());
        text(json, "occurredAt", event.occurredAt().map(Instant::toString));
        json.writeStringField("recordedAt", event.recordedAt().toString());
        if (!event.attributes().isEmpty()) {
            json.writeObjectFieldStart("attributes");
            for (var attribute : event.attributes().entrySet()) {
                json.writeStringField(attribute.getKey(), attribute.getValue());
            }
            json.writeEndObject();
        }
        if (event.erased()) {
            json.writeBooleanField("erased", true);
        }
    }

    private static void text(JsonGenerator json, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        }
    }

    /// Other faces may have stored what is no JSON; that comes in Base64.
    private static void payload(Event event, ByteArrayOutputStream bytes) throws IOException {
        if (event.erased()) {
            return;
        }
        if (JsonMediaType.is(event.contentType())) {
            bytes.write(ascii(",\"data\":"));
            bytes.write(event.payload().bytes());
        } else {
            bytes.write(ascii(",\"dataBase64\":\""));
            bytes.write(Base64.getEncoder().encode(event.payload().bytes()));
            bytes.write('"');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
