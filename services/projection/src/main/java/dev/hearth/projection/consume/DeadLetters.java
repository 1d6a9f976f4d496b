package dev.hearth.projection.consume;

import dev.hearth.contracts.Topics;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.fold.ViewName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends to `hearth.projection.dead-letter` what one view could not fold, with the view and the reason in
/// headers. Rare: it connects when there is something, and lets go at once.
public final class DeadLetters {
    static final String VIEW = "hearth-dead-letter-view";
    static final String REASON = "hearth-dead-letter-reason";
    private static final int TIMEOUT = 10_000;

    private final Map<String, Object> kafka;
    private final ViewName view;
    private final ProjectionConfig.DeadLetter config;

    DeadLetters(String bootstrapServers, ViewName view, ProjectionConfig.DeadLetter config) {
        this.kafka = Map.of("bootstrap.servers", bootstrapServers);
        this.view = view;
        this.config = config;
    }

    /// A message that is no event of a store's, as it came. Returns when Kafka has it.
    void send(ConsumerRecord<String, byte[]> message, String reason) throws Exception {
        send(List.of(letter(
                new ProducerRecord<>(
                        Topics.PROJECTION_DEAD_LETTER, null, null, message.key(), message.value(), message.headers()),
                reason)));
    }

    /// What is to be sent for an event that is parked.
    ProducerRecord<String, byte[]> letter(ProducerRecord<String, byte[]> event, String reason) {
        var letter = new ProducerRecord<>(
                Topics.PROJECTION_DEAD_LETTER, null, null, event.key(), event.value(), event.headers());
        letter.headers().remove(VIEW).remove(REASON);
        letter.headers().add(VIEW, view.value().getBytes(StandardCharsets.UTF_8));
        letter.headers().add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    /// Returns when Kafka has them all.
    void send(List<ProducerRecord<String, byte[]>> letters) throws Exception {
        makeTopic();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT / 2);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 * 1024 * 1024);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            var sent = letters.stream().map(producer::send).toList();
            for (var acknowledgement : sent) {
                acknowledgement.get(2L * TIMEOUT, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void makeTopic() throws ExecutionException, InterruptedException, TimeoutException {
        var topic = new NewTopic(Topics.PROJECTION_DEAD_LETTER, config.partitions(), config.replicationFactor())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(config.retention().toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(4 * 1024 * 1024)));
        try (var admin = Admin.create(kafka)) {
            try {
                admin.createTopics(List.of(topic)).all().get(TIMEOUT, TimeUnit.MILLISECONDS);
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw failure;
                }
            } finally {
                admin.close(Duration.ofSeconds(1));
            }
        }
    }
}
