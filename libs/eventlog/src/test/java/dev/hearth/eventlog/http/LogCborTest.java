package dev.hearth.eventlog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What the contract suite cannot see: messages of programs that are older, or wrong.
class LogCborTest {
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
    private static final StoreId STORE = new StoreId(UUID.fromString("0e7f2f7a-9d2b-4a38-8a37-2f1f3f6f9a11"));
    private static final Optional<Trace> TRACE = Trace.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    @Test
    void an_append_comes_back_as_it_was() throws IOException {
        assertThat(LogCbor.read(LogCbor.write(append()), Append.class)).isEqualTo(append());
    }

    @Test
    void an_append_without_the_field_has_no_trace() throws IOException {
        assertThat(LogCbor.read(older(append()), Append.class)).isEqualTo(append().tracedBy(Optional.empty()));
    }

    @Test
    void an_event_without_the_field_has_no_trace() throws IOException {
        assertThat(LogCbor.read(LogCbor.write(event()), Event.class)).isEqualTo(event());
        assertThat(LogCbor.read(older(event()), Event.class).trace()).isEmpty();
    }

    @Test
    void a_trace_that_is_none_is_refused() throws IOException {
        var tree = tree(append()).put("trace", "00-secret-secret-01");

        assertThatThrownBy(() -> LogCbor.read(CBOR.writeValueAsBytes(tree), Append.class))
                .isInstanceOf(IOException.class);
    }

    /// As a program writes it that does not know the field.
    private static byte[] older(Object value) throws IOException {
        var tree = tree(value);
        assertThat(tree.remove("trace").asText()).isEqualTo(TRACE.orElseThrow().toString());
        return CBOR.writeValueAsBytes(tree);
    }

    private static ObjectNode tree(Object value) throws IOException {
        return (ObjectNode) CBOR.readTree(LogCbor.write(value));
    }

    private static Append append() {
        return new Append(STORE, Expectation.any(), List.of()).tracedBy(TRACE);
    }

    private static Event event() {
        return new Event(
                STORE,
                Generation.FIRST,
                new Sequence(1),
                new StreamId("s"),
                new Revision(1),
                Optional.empty(),
                new EventId("e"),
                "noted",
                Payload.utf8("{}"),
                "application/json",
                false,
                false,
                "user:" + STORE,
                Origin.UNKNOWN,
                Optional.empty(),
                Instant.EPOCH,
                Map.of(),
                TRACE);
    }
}
