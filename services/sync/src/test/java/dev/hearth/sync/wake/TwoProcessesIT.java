package dev.hearth.sync.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.Topics;
import dev.hearth.embedded.EmbeddedKafka;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.KafkaConfig;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.StoreName;
import dev.hearth.messaging.LogMessage;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.TestConfig;
import dev.hearth.sync.live.Follow;
import dev.hearth.sync.live.Live;
import dev.hearth.sync.live.LiveItem;
import dev.hearth.testkit.InMemoryEventLog;
import dev.hearth.testkit.TestEvents;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes' live tails over one log, woken by a real broker.
final class TwoProcessesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int APPENDS = 300;
    private static final int FOLLOWERS = 40;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryEventLog log = new InMemoryEventLog();
    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));
    private final StoreId store = open();
    private final Random random = new Random();
    private final List<Process> processes = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();
    private KafkaConfig config;
    private EmbeddedKafka kafka;

    private record Process(Live live, WakeUps wakeUps) {}

    private record Follower(long after, List<Long> got) {}

    @BeforeEach
    void start() throws Exception {
        config = new KafkaConfig(folder, FreePorts.any(), FreePorts.any());
        kafka = EmbeddedKafka.start(config);
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.LOG, 3, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        processes.forEach(process -> {
            process.wakeUps().stop();
            process.live().stop();
        });
        kafka.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void woken_by_kafka_alone_every_follower_gets_every_event_once_and_in_order() {
        startTwo("1h");

        appendWhileFollowersJoin(true);

        everybodyHas(APPENDS);
    }

    @Test
    void kafka_that_goes_away_only_slows() {
        startTwo("200ms");
        appendWhileFollowersJoin(true);

        kafka.close();
        appendWhileFollowersJoin(false);

        everybodyHas(2 * APPENDS);
        kafka = EmbeddedKafka.start(config);
        await().atMost(PATIENCE)
                .until(() ->
                        processes.stream().allMatch(process -> process.wakeUps().isListening()));
        appendWhileFollowersJoin(true);
        everybodyHas(3 * APPENDS);
    }

    private void startTwo(String pollInterval) {
        SyncConfig settings =
                TestConfig.with(Map.of("sync.live.poll-interval", pollInterval, "sync.live.tail-events", "32"));
        for (int i = 0; i < 2; i++) {
            var live = new Live(log, settings, vertx);
            live.start();
            var wakeUps = new WakeUps(live, settings, Optional.of(kafka.bootstrapServers()));
            wakeUps.listen();
            processes.add(new Process(live, wakeUps));
        }
        await().atMost(PATIENCE)
                .until(() ->
                        processes.stream().allMatch(process -> process.wakeUps().isListening()));
    }

    /// Appends as an event-store with its relay would, and lets followers in at any moment and place.
    private void appendWhileFollowersJoin(boolean relay) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 5_000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < APPENDS; i++) {
                long head = append();
                if (relay) {
                    producer.send(LogMessage.toRecord(stored(head)));
                }
                if (i % (APPENDS / FOLLOWERS) == 0) {
                    join(random.nextLong(head + 1));
                }
            }
        }
    }

    private void join(long after) {
        var follower = new Follower(after, new CopyOnWriteArrayList<>());
        followers.add(follower);
        processes
                .get(followers.size() % 2)
                .live()
                .follow(new Follow(ada, store, Optional.empty(), new Sequence(after), 1 + random.nextInt(50)))
                .subscribe()
                .with(
                        item -> ((LiveItem.Events) item)
                                .events()
                                .forEach(event -> follower.got()
                                        .add(event.event().sequence().value())),
                        _ -> follower.got().add(-1L));
    }

    private void everybodyHas(long last) {
        for (var follower : followers) {
            var expected =
                    LongStream.rangeClosed(follower.after() + 1, last).boxed().toList();
            await().pollDelay(Duration.ZERO)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(follower.got()).isEqualTo(expected));
        }
    }

    private StoreId open() {
        var wish = new NewStore(ada.user(), new StoreName("native", "todo"), "app", false);
        return ((OpenResult.Opened) now(log.open(ada, wish))).store().id();
    }

    private long append() {
        var event = TestEvents.any();
        var result = now(log.append(ada, new Append(store, Expectation.any(), List.of(event))));
        return ((Appended) result).head().value();
    }

    private dev.hearth.eventlog.Event stored(long sequence) {
        return ((ReadResult.Page) now(log.read(ada, Read.after(store, sequence - 1, 1))))
                .events()
                .getFirst();
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
