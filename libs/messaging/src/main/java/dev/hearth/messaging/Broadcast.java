package dev.hearth.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hears every message of a topic from now on, in every instance that listens: no group, no committed offsets.
///
/// What came while Kafka was away, or while the topic did not exist, is not heard later. So it serves to *wake*:
/// whoever
/// listens looks at the truth by itself now and then, and `connected` says when a look is worth while.
public final class Broadcast implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Broadcast.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
    private static final int POLLS_BETWEEN_CHECKS = 10;

    /// What is done with what is heard, on this listener's own thread. A message may come twice.
    public interface Listener {
        /// Everything sent from now on will be heard; what was sent before may not have been.
        void connected();

        void heard(ConsumerRecord<String, byte[]> message);
    }

    private final String topic;
    private final Map<String, Object> config;
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<String, byte[]> current;
    private volatile boolean listening;

    /// Begins to listen at once, on a thread of its own.
    public Broadcast(String bootstrapServers, String topic, Listener listener) {
        this.topic = topic;
        this.config = config(bootstrapServers);
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("broadcast-" + topic).start(this::listen);
    }

    /// Whether messages are heard now.
    public boolean isListening() {
        return listening;
    }

    @Override
    public void close() {
        closed.countDown();
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        var backOff = Duration.ofMillis(100);
        while (!isClosed()) {
            try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
                current = consumer;
                if (hearFrom(consumer)) {
                    backOff = Duration.ofMillis(100);
                }
            } catch (KafkaException | IllegalStateException away) {
                LOG.debugf(away, "broadcast interrupted: topic=%s", topic);
            } finally {
                current = null;
                lost();
            }
            backOff = pause(backOff);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private Duration pause(Duration backOff) {
        try {
            closed.await(backOff.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            closed.countDown();
        }
        var doubled = backOff.multipliedBy(2);
        return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
    }

    /// Hears until the topic changes under it; false if it did not get as far as hearing.
    private boolean hearFrom(KafkaConsumer<String, byte[]> consumer) {
        var partitions = partitions(consumer);
        if (partitions.isEmpty()) {
            return false;
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: only asked for its position, the consumer goes there.
        partitions.forEach(partition -> consumer.position(partition, PATIENCE));
        found();
        for (int polls = 1; !isClosed(); polls++) {
            for (var message : consumer.poll(POLL)) {
                hear(message);
            }
            if (polls % POLLS_BETWEEN_CHECKS == 0 && hasChanged(consumer, partitions)) {
                return true;
            }
        }
        return true;
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        try {
            listener.heard(message);
        } catch (RuntimeException unexpected) {
            LOG.errorf(unexpected, "broadcast listener failed: topic=%s", topic);
        }
    }

    private Set<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        return consumer.listTopics(PATIENCE).getOrDefault(topic, List.of()).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .collect(Collectors.toSet());
    }

    /// A topic that grew, or was deleted and made again: then it ends before the place where we wait.
    private boolean hasChanged(KafkaConsumer<String, byte[]> consumer, Set<TopicPartition> partitions) {
        if (!partitions(consumer).equals(partitions)) {
            return true;
        }
        var ends = consumer.endOffsets(partitions, PATIENCE);
        return partitions.stream().anyMatch(partition -> ends.get(partition) < consumer.position(partition, PATIENCE));
    }

    private void found() {
        listening = true;
        LOG.infof("broadcast heard: topic=%s", topic);
        listener.connected();
    }

    private void lost() {
        if (listening) {
            listening = false;
            LOG.infof("broadcast lost: topic=%s closed=%s", topic, isClosed());
        }
    }

    private static Map<String, Object> config(String bootstrapServers) {
        var config = new HashMap<String, Object>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 100);
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return config;
    }
}
