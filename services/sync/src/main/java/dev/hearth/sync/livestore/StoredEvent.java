package dev.hearth.sync.livestore;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// How a LiveStore event stands in the log: its number is the alias, its arguments are the payload, byte for byte.
final class StoredEvent {
    static final String CONTENT_TYPE = "application/json";
    private static final StreamId STREAM = new StreamId("events");
    private static final String PARENT = "parent";
    private static final String NO_ARGS = "noArgs";

    private StoredEvent() {}

    static NewEvent of(Wire.Event event) {
        var payload = event.args() == null ? Payload.EMPTY : event.args().bytes();
        var parent = Long.toString(event.parentSeqNum());
        return new NewEvent(
                id(event, payload),
                STREAM,
                event.name(),
                payload,
                CONTENT_TYPE,
                false,
                Optional.of(new Alias(event.seqNum())),
                Origin.of(event.clientId(), event.sessionId()),
                Optional.empty(),
                event.args() == null ? Map.of(PARENT, parent, NO_ARGS, "true") : Map.of(PARENT, parent));
    }

    /// The number alone would take another device's event of the same number for a retry. With everything the client
    /// compares hashed in, only a true retry is known. See
    /// `docs/adr/0007-livestore-events-are-known-by-what-the-client-compares.md`.
    private static EventId id(Wire.Event event, Payload payload) {
        var digest = sha256();
        for (String part :
                new String[] {event.name(), event.clientId(), event.sessionId(), Long.toString(event.parentSeqNum())}) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        digest.update(payload.bytes());
        return new EventId(
                event.seqNum() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
    }

    /// The event as an item of a pulled batch.
    static byte[] encode(Event event) {
        var out = new ByteArrayOutputStream(event.payload().size() + 320);
        put(out, "{\"eventEncoded\":{\"name\":");
        put(out, Answers.quoted(event.type()));
        if (!event.attributes().containsKey(NO_ARGS)) {
            put(out, ",\"args\":");
            out.writeBytes(
                    event.erased()
                            ? "null".getBytes(StandardCharsets.US_ASCII)
                            : event.payload().bytes());
        }
        put(out, ",\"seqNum\":");
        put(out, event.alias().map(Alias::toString).orElse("0"));
        put(out, ",\"parentSeqNum\":");
        put(out, event.attributes().getOrDefault(PARENT, "0"));
        put(out, ",\"clientId\":");
        put(out, Answers.quoted(event.origin().device().orElse("")));
        put(out, ",\"sessionId\":");
        put(out, Answers.quoted(event.origin().session().orElse("")));
        put(out, "},\"metadata\":{\"_tag\":\"Some\",\"value\":{\"_tag\":\"SyncMessage.SyncMetadata\",\"createdAt\":\"");
        put(out, event.recordedAt().toString());
        put(out, "\"}}}");
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
