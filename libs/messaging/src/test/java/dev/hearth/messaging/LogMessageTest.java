package dev.hearth.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Topics;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class LogMessageTest {
    private static final StoreId STORE = new StoreId(UUID.fromString("0e7f2f7a-9d2b-4a38-8a37-2f1f3f6f9a11"));
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void an_event_comes_back_as_it_was() {
        var event = event(Payload.utf8("{\"b\":1, \"a\":\"\\u00e9\"}"), Map.of("scope", "s 1", "ünicode", "🏠"));

        assertThat(LogMessage.read(sent(LogMessage.toRecord(event)))).isEqualTo(new LogMessage(event, false));
    }

    @Test
    void an_event_without_its_optional_parts_comes_back_as_it_was() {
        var full = event(Payload.EMPTY, Map.of());
        var bare = new Event(
                full.store(),
                full.generation(),
                full.sequence(),
                full.stream(),
                full.revision(),
                Optional.empty(),
                full.id(),
                full.type(),
                full.payload(),
                full.contentType(),
                false,
                true,
                full.actor(),
                Origin.UNKNOWN,
                Optional.empty(),
                full.recordedAt(),
                Map.of(),
                Optional.empty());

        assertThat(LogMessage.read(sent(LogMessage.toRecord(bare)))).isEqualTo(new LogMessage(bare, false));
    }

    @Test
    void a_message_is_keyed_by_its_store_and_carries_the_payload_untouched() {
        var payload = Payload.utf8("[1 , 2]");

        var message = LogMessage.toRecord(event(payload, Map.of()));

        assertThat(message.topic()).isEqualTo(Topics.LOG);
        assertThat(message.key()).isEqualTo(STORE.toString());
        assertThat(message.value()).isEqualTo(payload.bytes());
    }

    @Test
    void others_read_it_as_a_cloud_event() {
        var message = sent(LogMessage.toRecord(event(Payload.utf8("{}"), Map.of())));

        var cloudEvent = KafkaMessageFactory.createReader(message.headers(), message.value())
                .toEvent();

        assertThat(cloudEvent.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(cloudEvent.getId()).isEqualTo("event-1");
        assertThat(cloudEvent.getType()).isEqualTo("habit.kept");
        assertThat(cloudEvent.getSubject()).isEqualTo("habits");
        assertThat(cloudEvent.getDataContentType()).isEqualTo("application/json");
        assertThat(cloudEvent.getSource()).hasToString("/stores/" + STORE + "/generations/2");
        assertThat(cloudEvent.getExtension("hearthsequence")).isEqualTo("9");
        assertThat(cloudEvent.getExtension("traceparent")).isEqualTo(TRACEPARENT);
    }

    @Test
    void a_traceparent_that_is_none_is_passed_over() {
        var message = sent(LogMessage.toRecord(event(Payload.EMPTY, Map.of())));
        message.headers().add("ce_traceparent", "00-secret-secret-01".getBytes(StandardCharsets.UTF_8));

        assertThat(LogMessage.read(message).event().trace()).isEmpty();
    }

    @Test
    void an_event_over_the_limit_travels_by_reference() {
        var large = event(new Payload(new byte[LogMessage.MAX_BYTES]), Map.of());

        var message = LogMessage.toRecord(large);

        assertThat(message.value()).isEmpty();
        assertThat(new String(message.headers().lastHeader("ce_dataref").value(), StandardCharsets.UTF_8))
                .isEqualTo("/stores/" + STORE + "/generations/2/events/9");
        assertThat(LogMessage.read(sent(message)).byReference()).isTrue();
    }

    @Test
    void the_headers_alone_tell_the_head() {
        var message = sent(LogMessage.toRecord(event(Payload.EMPTY, Map.of())));

        assertThat(LogMessage.head(message)).contains(new Head(STORE, new Generation(2), new Sequence(9)));
    }

    @Test
    void a_foreign_message_has_no_head_and_cannot_be_read() {
        var foreign = new ConsumerRecord<>(Topics.LOG, 0, 0, "key", new byte[0]);
        var broken = sent(LogMessage.toRecord(event(Payload.EMPTY, Map.of())));
        broken.headers().add("ce_hearthsequence", "nine".getBytes(StandardCharsets.UTF_8));

        assertThat(LogMessage.head(foreign)).isEmpty();
        assertThat(LogMessage.head(broken)).isEmpty();
        assertThatThrownBy(() -> LogMessage.read(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogMessage.read(broken)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ConsumerRecord<String, byte[]> sent(ProducerRecord<String, byte[]> message) {
        return new ConsumerRecord<>(
                message.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                message.key(),
                message.value(),
                new RecordHeaders(message.headers()),
                Optional.empty());
    }

    private static Event event(Payload payload, Map<String, String> attributes) {
        return new Event(
                STORE,
                new Generation(2),
                new Sequence(9),
                new StreamId("habits"),
                new Revision(3),
                Optional.of(new Alias(100)),
                new EventId("event-1"),
                "habit.kept",
                payload,
                "application/json",
                true,
                false,
                "user:" + UUID.fromString("11111111-2222-3333-4444-555555555555"),
                new Origin(Optional.of("phone"), Optional.of("tab"), Optional.of("request"), Optional.of("cause")),
                Optional.of(Instant.parse("2031-02-03T04:05:06.789Z")),
                Instant.parse("2031-02-03T04:05:07.123456Z"),
                attributes,
                Trace.parse(TRACEPARENT));
    }
}
