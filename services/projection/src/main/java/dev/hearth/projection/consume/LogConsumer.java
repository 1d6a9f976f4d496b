package dev.hearth.projection.consume;

import dev.hearth.contracts.Topics;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.consume.PartitionWork.Retry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/// Reads `hearth.log` as one of a group. Each partition is handled by itself: while its messages are worked on, or wait
/// for trouble to pass, the next ones gather, and when they are many, it alone is paused. Offsets only say where to
/// begin
/// after a pause: what was folded is known by the view's checkpoints.
public final class LogConsumer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogConsumer.class);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration BUSY = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// Works on messages of one partition, in order. Throws what may pass; then it gets the same again.
    public interface Handler {
        void handle(List<ConsumerRecord<String, byte[]>> records) throws Exception;
    }

    private final String group;
    private final Map<String, Object> kafka;
    private final Handler handler;
    private final Retry retry;
    private final Duration pace;
    private final int maxWaiting;
    private final Map<TopicPartition, PartitionQueue> queues = new ConcurrentHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile long behind;
    private volatile int partitions;

    /// Begins at once, on a thread of its own.
    public LogConsumer(String bootstrapServers, String group, Handler handler, ProjectionConfig.Consumer config) {
        this.group = group;
        this.kafka = settings(bootstrapServers, group, config);
        this.handler = handler;
        this.pace = config.pace();
        this.maxWaiting = config.maxPollRecords();
        this.retry = new Retry(config.retryAfter(), config.longestRetryAfter());
        this.thread = Thread.ofVirtual().name(group).start(this::run);
    }

    /// Messages in this process's partitions that are not folded yet, as far as Kafka has told.
    public long behind() {
        return behind;
    }

    /// Partitions of this process that wait for trouble to pass.
    public long stalled() {
        return queues.values().stream().filter(PartitionQueue::isStalled).count();
    }

    /// Partitions that this process reads.
    public int partitions() {
        return partitions;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(PATIENCE.multipliedBy(3));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        var pause = retry.first();
        while (!isClosed()) {
            try {
                consume();
            } catch (KafkaException | IllegalStateException trouble) {
                LOG.warnf("consumer begins again: group=%s reason=%s", group, PartitionWork.describe(trouble));
            }
            pause = rest(pause);
        }
    }

    private void consume() {
        var consumer = new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.subscribe(List.of(Topics.LOG), new Rebalance(consumer));
            while (!isClosed()) {
                turn(consumer);
            }
            giveUp(List.copyOf(queues.keySet()));
            commit(consumer, Map.copyOf(finished));
        } finally {
            giveUp(List.copyOf(queues.keySet()));
            finished.clear();
            consumer.close(CloseOptions.timeout(PATIENCE));
        }
    }

    private Duration rest(Duration pause) {
        try {
            closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            closed.countDown();
        }
        return retry.after(pause);
    }

    private void turn(KafkaConsumer<String, byte[]> consumer) {
        boolean busy = queues.values().stream().anyMatch(queue -> queue.size() > 0 && !queue.isStalled());
        var records = consumer.poll(busy ? BUSY : IDLE);
        for (var partition : records.partitions()) {
            queue(partition).add(records.records(partition));
        }
        collect();
        queues.values().forEach(PartitionQueue::begin);
        hold(consumer);
        if (!finished.isEmpty()) {
            // Lost, it costs a redelivery.
            consumer.commitAsync(Map.copyOf(finished), null);
            finished.clear();
        }
        count(consumer);
    }

    private PartitionQueue queue(TopicPartition partition) {
        return queues.computeIfAbsent(
                partition, _ -> new PartitionQueue(group + "-" + partition.partition(), handler, retry, pace));
    }

    private void collect() {
        queues.forEach((partition, queue) ->
                queue.collect().ifPresent(next -> finished.put(partition, new OffsetAndMetadata(next))));
    }

    /// Pauses whose messages are not worked off, and only those: a fetch that is under way without a partition keeps it
    /// waiting for as long as Kafka has nothing else.
    private void hold(KafkaConsumer<String, byte[]> consumer) {
        queues.forEach((partition, queue) -> {
            boolean paused = consumer.paused().contains(partition);
            if (!paused && queue.waiting() >= maxWaiting) {
                consumer.pause(List.of(partition));
            } else if (paused && queue.waiting() == 0) {
                consumer.resume(List.of(partition));
            }
        });
    }

    private void count(KafkaConsumer<String, byte[]> consumer) {
        var assigned = consumer.assignment();
        long fetched = queues.values().stream().mapToLong(PartitionQueue::size).sum();
        behind = fetched
                + assigned.stream()
                        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                        .sum();
        partitions = assigned.size();
    }

    private void giveUp(Collection<TopicPartition> lost) {
        collect();
        for (var partition : lost) {
            var queue = queues.remove(partition);
            if (queue != null) {
                queue.cancel();
            }
        }
    }

    private void commit(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, PATIENCE);
        } catch (KafkaException away) {
            LOG.debugf(away, "offsets not committed: group=%s", group);
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;

        Rebalance(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            LOG.debugf("partitions assigned: group=%s partitions=%s", group, assigned);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            giveUp(revoked);
            var last = new HashMap<>(finished);
            last.keySet().retainAll(revoked);
            finished.keySet().removeAll(revoked);
            commit(consumer, last);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            giveUp(lost);
            finished.keySet().removeAll(lost);
        }
    }

    private static Map<String, Object> settings(String servers, String group, ProjectionConfig.Consumer config) {
        var settings = new HashMap<String, Object>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A rebalance does not stop the partitions that stay where they are.
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxPollRecords());
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        long session = config.sessionTimeout().toMillis();
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(session));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.toIntExact(session / 4));
        settings.put(
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                Math.toIntExact(config.topicCheckInterval().toMillis()));
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 100);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        return settings;
    }
}
