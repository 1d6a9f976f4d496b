package dev.hearth.eventstore.publish;

import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLines;
import dev.hearth.eventstore.EventStoreConfig;
import dev.hearth.messaging.LogMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends events to `hearth.log`, keyed by store, and waits for all replicas. After a failure it is thrown away: what
/// its producer still held must not follow what a new one publishes again.
final class LogPublisher implements AutoCloseable {
    static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    private final KafkaProducer<String, byte[]> producer;

    LogPublisher(Map<String, Object> kafka, EventStoreConfig.Relay config) {
        var settings = new HashMap<>(kafka);
        int delivery = Math.toIntExact(config.deliveryTimeout().toMillis());
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, delivery / 2));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, delivery);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /// Returns when Kafka has acknowledged every event, in the order given per store.
    void publish(List<Event> events) throws PublishFailed, InterruptedException {
        var sent = new ArrayList<Future<RecordMetadata>>(events.size());
        try {
            for (Event event : events) {
                sent.add(producer.send(LogMessage.toRecord(event)));
            }
            for (Future<RecordMetadata> acknowledgement : sent) {
                acknowledgement.get();
            }
            events.forEach(event -> EventLines.say("published", "relay", event));
        } catch (ExecutionException failure) {
            throw new PublishFailed("Kafka does not acknowledge", failure.getCause());
        } catch (KafkaException failure) {
            throw new PublishFailed("Kafka does not take events", failure);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
