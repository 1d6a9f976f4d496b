package dev.hearth.sync.livestore;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hearth.contracts.Trace;
import dev.hearth.sync.json.RawJson;
import dev.hearth.sync.json.RawJsonReader;
import dev.hearth.sync.json.RawJsonReader.UnknownFields;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What LiveStore's client sends. Unknown fields are passed over: newer clients may say more.
final class Wire {
    /// An RPC message; `payload` belongs to requests, and so does the trace, which is often a stand-in that is none:
    /// nothing is refused for it.
    record Message(
            @JsonProperty("_tag") String kind,
            @Nullable String id,
            @Nullable String tag,
            @Nullable String requestId,
            @Nullable RawJson payload,
            @Nullable Object traceId,
            @Nullable Object spanId,
            @Nullable Object sampled) {
        Optional<Trace> trace() {
            return traceId instanceof String id && spanId instanceof String parent
                    ? Trace.of(id, parent, Boolean.TRUE.equals(sampled))
                    : Optional.empty();
        }
    }

    record Pull(String storeId, @Nullable Option<Cursor> cursor) {
        Optional<Cursor> after() {
            return cursor == null ? Optional.empty() : cursor.toOptional();
        }
    }

    /// The last event a client has, in the generation it names.
    record Cursor(String backendId, long eventSequenceNumber) {}

    record Push(String storeId, List<Event> batch, @Nullable Option<String> backendId) {
        Optional<String> expectedBackend() {
            return backendId == null ? Optional.empty() : backendId.toOptional();
        }
    }

    /// A client's event. `args` may be absent: an event without arguments.
    record Event(
            String name, @Nullable RawJson args, long seqNum, long parentSeqNum, String clientId, String sessionId) {}

    /// Effect's Option: `{"_tag":"None"}` or `{"_tag":"Some","value":…}`.
    record Option<T>(
            @JsonProperty("_tag") String kind, @Nullable T value) {
        Optional<T> toOptional() {
            return "Some".equals(kind) ? Optional.ofNullable(value) : Optional.empty();
        }
    }

    private final RawJsonReader reader;

    Wire(int maxDepth) {
        this.reader = new RawJsonReader(maxDepth, UnknownFields.IGNORED);
    }

    Message message(byte[] json) throws IOException {
        var message = reader.read(json, Message.class);
        if (message.kind() == null) {
            throw new IOException("a message has a _tag");
        }
        return message;
    }

    <T> T payload(Message request, Class<T> type) throws IOException {
        if (request.payload() == null) {
            throw new IOException("a request has a payload");
        }
        return reader.read(request.payload(), type);
    }
}
