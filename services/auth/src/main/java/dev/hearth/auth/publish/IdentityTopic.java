package dev.hearth.auth.publish;

import dev.hearth.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// `hearth.identity`: how every subject stands now. One partition, so that it keeps the order of changes; compacted, so
/// that who comes late reads each subject once.
final class IdentityTopic implements AutoCloseable {
    /// One change as it goes out. Without a state its subject is gone.
    record Change(
            long sequence,
            String subject,
            String type,
            @Nullable String state) {}

    private final Map<String, Object> kafka;
    private final Duration patience;
    private final short copies;
    private final KafkaProducer<String, String> producer;

    IdentityTopic(Map<String, Object> kafka, Duration patience, short copies) {
        this.kafka = kafka;
        this.patience = patience;
        this.copies = copies;
        var settings = new HashMap<>(kafka);
        int delivery = Math.toIntExact(patience.toMillis());
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, delivery / 2));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, delivery);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /// The topic's id, which is another when the topic was made anew; made here if there is none.
    String id() throws PublishFailed, InterruptedException {
        try (var admin = Admin.create(kafka)) {
            try {
                return admin.describeTopics(List.of(Topics.IDENTITY))
                        .topicNameValues()
                        .get(Topics.IDENTITY)
                        .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .topicId()
                        .toString();
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failure;
                }
                return created(admin);
            }
        } catch (ExecutionException failure) {
            var reason = failure.getCause() instanceof TopicExistsException
                    ? "the topic was made by somebody else just now"
                    : "Kafka does not describe or make its topic";
            throw new PublishFailed(reason, failure.getCause());
        } catch (TimeoutException | KafkaException failure) {
            throw new PublishFailed("Kafka does not answer", failure);
        }
    }

    private String created(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        var topic = new NewTopic(Topics.IDENTITY, 1, copies)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        var made = admin.createTopics(List.of(topic));
        made.all().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return made.topicId(Topics.IDENTITY).get().toString();
    }

    /// Returns when Kafka has acknowledged all, in their order.
    void publish(List<Change> changes) throws PublishFailed, InterruptedException {
        var sent = new ArrayList<Future<RecordMetadata>>(changes.size());
        try {
            for (Change change : changes) {
                sent.add(producer.send(new ProducerRecord<>(Topics.IDENTITY, change.subject(), change.state())));
            }
            for (Future<RecordMetadata> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (ExecutionException failure) {
            throw new PublishFailed("Kafka does not acknowledge", failure.getCause());
        } catch (KafkaException failure) {
            throw new PublishFailed("Kafka does not take changes", failure);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
