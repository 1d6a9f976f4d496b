package dev.hearth.eventstore.publish;

import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Event;
import dev.hearth.eventstore.EventStoreConfig;
import dev.hearth.eventstore.publish.RelayLease.Grown;
import dev.hearth.eventstore.publish.RelayProgress.Cursor;
import io.quarkus.logging.Log;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Moves committed events from the log to `hearth.log`. Any number may run; the one that holds the lease publishes.
///
/// Two ways tell it of an append. A notice names the store right after the commit: that is fast, and may get lost.
/// Discovery walks all events in transaction order, no further than the oldest running transaction: that is late, and
/// misses nothing. Either way a store is published from its own checkpoint in sequence order. Whatever stops it, it
/// goes on from its checkpoints: an event may be published twice, never left out and never before its predecessor.
/// Why two ways: `docs/adr/0002-positions-may-have-gaps.md`.
public final class Relay {
    private static final int SHARD = 0;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Pool pool;
    private final Map<String, Object> kafka;
    private final EventStoreConfig.Relay config;
    private final Thread thread;
    private final AtomicLong published = new AtomicLong();
    private volatile boolean stopping;
    private volatile boolean active;

    /// `pool` connects with the relay's role; `kafka` has at least the bootstrap servers.
    public Relay(Pool pool, Map<String, Object> kafka, EventStoreConfig.Relay config) {
        this.pool = pool;
        this.kafka = kafka;
        this.config = config;
        this.thread = Thread.ofPlatform().name("relay").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Whether this relay holds the lease.
    public boolean isActive() {
        return active;
    }

    /// Events acknowledged by Kafka since the start.
    public long published() {
        return published.get();
    }

    /// Gives the lease back. What was published without a checkpoint is published again by the next one.
    public void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
    }

    private void run() {
        var pause = FIRST_PAUSE;
        while (!stopping) {
            try {
                lead();
                pause = FIRST_PAUSE;
            } catch (InterruptedException stopped) {
                return;
            } catch (PublishFailed | RuntimeException failure) {
                if (stopping) {
                    return;
                }
                Log.warnf("relay pauses: %s", describe(failure));
                if (!rest(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private static String describe(Throwable failure) {
        var cause = failure.getCause();
        return failure.getMessage()
                + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")");
    }

    private void lead() throws PublishFailed, InterruptedException {
        var taken = RelayLease.take(pool, SHARD);
        if (taken.isEmpty()) {
            TimeUnit.NANOSECONDS.sleep(config.takeOverInterval().toNanos());
            return;
        }
        try (var lease = taken.get();
                var topic = new LogTopic(kafka, config);
                var publisher = new LogPublisher(kafka, config)) {
            active = true;
            publish(lease, topic, publisher);
        } finally {
            active = false;
        }
    }

    private void publish(RelayLease lease, LogTopic topic, LogPublisher publisher)
            throws PublishFailed, InterruptedException {
        var progress = new RelayProgress(lease.connection(), SHARD);
        while (!stopping && !lease.isLost()) {
            var cursor = progress.resume(topic.id());
            long checkAgain = System.nanoTime() + config.topicCheckInterval().toNanos();
            var grown = new Grown(Set.of(), true);
            long look = System.nanoTime();
            while (!stopping && !lease.isLost() && System.nanoTime() < checkAgain) {
                publishStores(progress, publisher, grown.stores());
                boolean behind = false;
                if (grown.more() || System.nanoTime() >= look) {
                    var next = discover(progress, publisher, cursor);
                    cursor = next.cursor();
                    behind = next.more();
                    look = System.nanoTime() + config.pollInterval().toNanos();
                }
                if (!behind) {
                    TimeUnit.NANOSECONDS.sleep(config.pace().toNanos());
                }
                grown = lease.awaitGrown(behind ? Duration.ZERO : config.pollInterval());
            }
        }
    }

    private record Step(Cursor cursor, boolean more) {}

    private Step discover(RelayProgress progress, LogPublisher publisher, Cursor cursor)
            throws PublishFailed, InterruptedException {
        var discovered = progress.discover(cursor, config.batchEvents());
        if (discovered.stores().isEmpty()) {
            return new Step(cursor, false);
        }
        publishStores(progress, publisher, discovered.stores());
        progress.save(discovered.cursor());
        return new Step(discovered.cursor(), discovered.more());
    }

    private void publishStores(RelayProgress progress, LogPublisher publisher, Set<StoreId> stores)
            throws PublishFailed, InterruptedException {
        boolean more = !stores.isEmpty();
        while (more) {
            var events = progress.next(stores, config.batchEvents(), config.batchBytes());
            if (events.isEmpty()) {
                return;
            }
            publisher.publish(events);
            progress.published(events);
            published.addAndGet(events.size());
            more = isFull(events);
        }
    }

    private boolean isFull(List<Event> events) {
        return events.size() >= config.batchEvents()
                || events.stream().mapToLong(event -> event.payload().size()).sum() >= config.batchBytes();
    }

    private boolean rest(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            return !stopping;
        } catch (InterruptedException stopped) {
            return false;
        }
    }
}
