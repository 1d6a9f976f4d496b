package dev.hearth.eventstore.publish;

import dev.hearth.contracts.Topics;
import dev.hearth.eventstore.EventStoreConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topic `hearth.log` as Kafka knows it. Its id changes when it is made anew, and with it the copy is gone.
final class LogTopic implements AutoCloseable {
    private final Admin admin;
    private final EventStoreConfig.Relay config;

    LogTopic(Map<String, Object> kafka, EventStoreConfig.Relay config) {
        this.admin = Admin.create(kafka);
        this.config = config;
    }

    /// The topic's id; the topic is made if there is none.
    String id() throws PublishFailed, InterruptedException {
        try {
            return described();
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new PublishFailed("Kafka does not describe its topic", failure.getCause());
            }
        } catch (TimeoutException late) {
            throw new PublishFailed("Kafka does not describe its topic in time", late);
        }
        return created();
    }

    private String described() throws ExecutionException, InterruptedException, TimeoutException {
        return admin.describeTopics(List.of(Topics.LOG))
                .topicNameValues()
                .get(Topics.LOG)
                .get(config.deliveryTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .topicId()
                .toString();
    }

    private String created() throws PublishFailed, InterruptedException {
        var topic = new NewTopic(Topics.LOG, config.partitions(), config.replicationFactor())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(config.retention().toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LogPublisher.MAX_MESSAGE_BYTES)));
        try {
            var made = admin.createTopics(List.of(topic));
            made.all().get(config.deliveryTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return made.topicId(Topics.LOG).get().toString();
        } catch (ExecutionException failure) {
            // Two relays at once: the other one's topic is as good, and is looked up in the next round.
            var reason = failure.getCause() instanceof TopicExistsException
                    ? "the topic was made by somebody else just now"
                    : "Kafka does not make its topic";
            throw new PublishFailed(reason, failure.getCause());
        } catch (TimeoutException late) {
            throw new PublishFailed("Kafka does not make its topic in time", late);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(1));
    }
}
