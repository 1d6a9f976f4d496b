package dev.hearth.sync.livestore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.contracts.Alias;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// The RPC messages that go back. Encoded by hand, because events are passed on as bytes.
final class Answers {
    static final String PONG = "{\"_tag\":\"Pong\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What ends a request.
    sealed interface Outcome {
        record Pushed() implements Outcome {}

        record Pulled() implements Outcome {}

        record Ponged() implements Outcome {}

        /// There is an event the client has not got; it parks until its pull brings one.
        record ServerAhead(Alias head, Alias provided) implements Outcome {}

        /// The history was replaced: the client drops what it has and starts again.
        record OtherBackend(String expected, String received) implements Outcome {}

        /// Anything else. The client tries a push again and again, and keeps what it has.
        record Failed(String why) implements Outcome {}
    }

    private Answers() {}

    static String exit(String requestId, Outcome outcome) {
        LiveStoreErrors.count(outcome);
        return "{\"_tag\":\"Exit\",\"requestId\":" + quoted(requestId) + ",\"exit\":" + exit(outcome) + "}";
    }

    private static String exit(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Pushed() -> "{\"_tag\":\"Success\",\"value\":{}}";
            case Outcome.Pulled() -> "{\"_tag\":\"Success\"}";
            case Outcome.Ponged() -> "{\"_tag\":\"Success\",\"value\":{\"_tag\":\"SyncMessage.Pong\"}}";
            case Outcome.ServerAhead(var head, var provided) ->
                failure("{\"_tag\":\"ServerAheadError\",\"minimumExpectedNum\":" + head + ",\"providedNum\":" + provided
                        + "}");
            case Outcome.OtherBackend(var expected, var received) ->
                failure("{\"_tag\":\"BackendIdMismatchError\",\"expected\":" + quoted(expected) + ",\"received\":"
                        + quoted(received) + "}");
            case Outcome.Failed(var why) ->
                failure("{\"_tag\":\"UnknownError\",\"cause\":{\"name\":\"HearthError\",\"message\":" + quoted(why)
                        + "},\"note\":" + quoted(why) + "}");
        };
    }

    private static String failure(String error) {
        return "{\"_tag\":\"Failure\",\"cause\":{\"_tag\":\"Fail\",\"error\":" + error + "}}";
    }

    /// Whether the page goes on; the client holds its own writes back until it has seen the last.
    sealed interface PageInfo {
        record NoMore() implements PageInfo {}

        record MoreKnown(long remaining) implements PageInfo {}
    }

    static Buffer chunk(String requestId, List<byte[]> events, PageInfo info, String backendId) {
        int size = 200 + events.stream().mapToInt(event -> event.length + 1).sum();
        var out = Buffer.buffer(size)
                .appendString("{\"_tag\":\"Chunk\",\"requestId\":")
                .appendString(quoted(requestId))
                .appendString(",\"values\":[{\"batch\":[");
        for (int place = 0; place < events.size(); place++) {
            if (place > 0) {
                out.appendByte((byte) ',');
            }
            out.appendBytes(events.get(place));
        }
        return out.appendString("],\"pageInfo\":")
                .appendString(
                        switch (info) {
                            case PageInfo.NoMore() -> "{\"_tag\":\"NoMore\"}";
                            case PageInfo.MoreKnown(long remaining) ->
                                "{\"_tag\":\"MoreKnown\",\"remaining\":" + remaining + "}";
                        })
                .appendString(",\"backendId\":")
                .appendString(quoted(backendId))
                .appendString("}]}");
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a string can be written", impossible);
        }
    }
}
