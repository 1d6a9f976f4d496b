package dev.hearth.messaging;

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
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// An event on its way: a CloudEvent 1.0 in Kafka's binary mode, keyed by its store, the payload untouched as value.
///
/// An event over `MAX_BYTES` travels by reference (`ce_dataref`) with an empty value; `byReference` says so, and its
/// reader asks the event-store for it.
public record LogMessage(Event event, boolean byReference) {
    /// Below what a broker takes by default (1 MiB), with room for what Kafka adds.
    public static final int MAX_BYTES = 900_000;

    static final String STORE = "ce_hearthstore";
    static final String GENERATION = "ce_hearthgeneration";
    static final String SEQUENCE = "ce_hearthsequence";
    private static final String REVISION = "ce_hearthrevision";
    private static final String ALIAS = "ce_hearthalias";
    private static final String PRIVATE = "ce_hearthprivate";
    private static final String ERASED = "ce_heartherased";
    private static final String ACTOR = "ce_hearthactor";
    private static final String DEVICE = "ce_hearthdevice";
    private static final String SESSION = "ce_hearthsession";
    private static final String CORRELATION = "ce_hearthcorrelation";
    private static final String CAUSATION = "ce_hearthcausation";
    private static final String OCCURRED_AT = "ce_hearthoccurredat";
    // CloudEvents' extension "distributed tracing".
    private static final String TRACEPARENT = "ce_traceparent";
    private static final String DATA_REF = "ce_dataref";
    // Not CloudEvents attributes: their names may hold any characters.
    private static final String ATTRIBUTE = "hearth-attribute-";

    public static ProducerRecord<String, byte[]> toRecord(Event event) {
        var headers = new TextHeaders();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", event.id().value());
        headers.put("ce_source", source(event));
        headers.put("ce_type", event.type());
        headers.put("ce_subject", event.stream().value());
        headers.put("ce_time", event.recordedAt().toString());
        headers.put("content-type", event.contentType());
        headers.put(STORE, event.store().toString());
        headers.put(GENERATION, event.generation().toString());
        headers.put(SEQUENCE, event.sequence().toString());
        headers.put(REVISION, event.revision().toString());
        headers.put(ALIAS, event.alias().map(Alias::toString));
        headers.put(PRIVATE, Boolean.toString(event.isPrivate()));
        headers.put(ERASED, Boolean.toString(event.erased()));
        headers.put(ACTOR, event.actor());
        headers.put(DEVICE, event.origin().device());
        headers.put(SESSION, event.origin().session());
        headers.put(CORRELATION, event.origin().correlation());
        headers.put(CAUSATION, event.origin().causation());
        headers.put(OCCURRED_AT, event.occurredAt().map(Instant::toString));
        headers.put(TRACEPARENT, event.trace().map(Trace::toString));
        event.attributes().forEach((name, value) -> headers.put(ATTRIBUTE + name, value));
        boolean byReference = headers.bytes() + event.payload().size() > MAX_BYTES;
        if (byReference) {
            headers.put(DATA_REF, source(event) + "/events/" + event.sequence());
        }
        var value = byReference ? Payload.EMPTY : event.payload();
        return new ProducerRecord<>(Topics.LOG, null, null, event.store().toString(), value.bytes(), headers.headers());
    }

    private static String source(Event event) {
        return "/stores/" + event.store() + "/generations/" + event.generation();
    }

    /// The event that a record of `hearth.log` carries; `IllegalArgumentException` when it is not ours.
    public static LogMessage read(ConsumerRecord<?, byte[]> consumed) {
        var headers = new TextHeaders(consumed.headers());
        var payload = consumed.value();
        var event = new Event(
                StoreId.parse(headers.get(STORE)),
                new Generation(headers.number(GENERATION)),
                new Sequence(headers.number(SEQUENCE)),
                new StreamId(headers.get("ce_subject")),
                new Revision(headers.number(REVISION)),
                headers.find(ALIAS).map(Long::valueOf).map(Alias::new),
                new EventId(headers.get("ce_id")),
                headers.get("ce_type"),
                payload == null ? Payload.EMPTY : new Payload(payload),
                headers.get("content-type"),
                Boolean.parseBoolean(headers.get(PRIVATE)),
                Boolean.parseBoolean(headers.get(ERASED)),
                headers.get(ACTOR),
                new Origin(
                        headers.find(DEVICE),
                        headers.find(SESSION),
                        headers.find(CORRELATION),
                        headers.find(CAUSATION)),
                headers.find(OCCURRED_AT).map(TextHeaders::instant),
                TextHeaders.instant(headers.get("ce_time")),
                headers.startingWith(ATTRIBUTE),
                headers.find(TRACEPARENT).flatMap(Trace::parse));
        return new LogMessage(event, headers.find(DATA_REF).isPresent());
    }

    /// Where the record says its store ends at least, read of the headers alone; empty when it is not ours.
    public static Optional<Head> head(ConsumerRecord<?, ?> consumed) {
        var headers = new TextHeaders(consumed.headers());
        try {
            return Optional.of(new Head(
                    StoreId.parse(headers.get(STORE)),
                    new Generation(headers.number(GENERATION)),
                    new Sequence(headers.number(SEQUENCE))));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
