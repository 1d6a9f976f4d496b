package dev.hearth.sync.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.StoreName;
import dev.hearth.sync.TestConfig;
import dev.hearth.testkit.InMemoryEventLog;
import dev.hearth.testkit.TestEvents;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Nothing falls between catching up and waiting: two processes over one log, writers and joining followers at once.
final class LiveLawsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final int APPENDS = 120;
    private static final int WRITERS = 3;
    private static final int FOLLOWERS = 40;

    /// How a process hears of what another one appended.
    enum WakeUps {
        EACH_ONCE,
        TWICE_AND_LATE,
        SOME_LOST,
        NONE
    }

    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @ParameterizedTest
    @EnumSource(WakeUps.class)
    void every_follower_of_either_process_gets_every_event_after_its_cursor_once_and_in_order(WakeUps wakeUps)
            throws InterruptedException {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var log = new SlowLog(new InMemoryEventLog(), VERTX);
        var store = open(log);
        // A small tail, so that followers fall out of it and come back.
        var config = Map.of(
                "sync.live.poll-interval", "50ms", "sync.live.tail-events", "16", "sync.live.max-catch-up-reads", "3");
        var processes = IntStream.range(0, 2)
                .mapToObj(_ -> new Live(log, TestConfig.with(config).live(), VERTX))
                .toList();
        processes.forEach(Live::start);
        var followers = new ArrayList<Joined>();
        var begun = new CountDownLatch(1);

        var writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> Thread.startVirtualThread(
                        () -> write(log, store, processes, wakeUps, begun, new Random(seed + writer))))
                .toList();
        begun.countDown();
        for (int i = 0; i < FOLLOWERS; i++) {
            long head = log.head(store);
            long after = head == 0 ? 0 : random.nextLong(head + 1);
            var client = new HastyClient(random.nextInt(3));
            processes
                    .get(i % 2)
                    .follow(new Follow(ada, store, Optional.empty(), new Sequence(after), 3 + random.nextInt(20)))
                    .subscribe(client);
            followers.add(new Joined(after, client));
            Thread.yield();
        }
        for (var writer : writers) {
            writer.join();
        }

        long last = APPENDS * WRITERS;
        assertThat(log.head(store)).isEqualTo(last);
        for (var follower : followers) {
            await().pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(follower.client().sequences())
                            .as("after %d, seed %d", follower.after(), seed)
                            .isEqualTo(LongStream.rangeClosed(follower.after() + 1, last)
                                    .boxed()
                                    .toList()));
        }
        processes.forEach(Live::stop);
    }

    private record Joined(long after, HastyClient client) {}

    private void write(
            EventLog log, StoreId store, List<Live> processes, WakeUps wakeUps, CountDownLatch begun, Random random) {
        try {
            begun.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        for (int i = 0; i < APPENDS; i++) {
            var append = new Append(store, Expectation.any(), List.of(TestEvents.any()));
            var appended = (Appended) log.append(ada, append).await().atMost(Duration.ofSeconds(10));
            wake(wakeUps, processes, store, appended, random);
        }
    }

    private static void wake(WakeUps wakeUps, List<Live> processes, StoreId store, Appended appended, Random random) {
        Runnable all = () -> processes.forEach(process -> process.moved(store, Generation.FIRST, appended.head()));
        switch (wakeUps) {
            case EACH_ONCE -> all.run();
            case TWICE_AND_LATE -> {
                all.run();
                VERTX.setTimer(1 + random.nextInt(20), _ -> all.run());
            }
            case SOME_LOST -> {
                if (random.nextInt(4) == 0) {
                    all.run();
                }
            }
            case NONE -> {}
        }
    }

    private StoreId open(EventLog log) {
        var wish = new NewStore(ada.user(), new StoreName("native", "todo"), "app", false);
        var opened = log.open(ada, wish).await().atMost(Duration.ofSeconds(10));
        return ((OpenResult.Opened) opened).store().id();
    }

    /// Takes one item at a time, now and then a moment late.
    private static final class HastyClient implements java.util.concurrent.Flow.Subscriber<LiveItem> {
        private final ConcurrentLinkedQueue<Long> sequences = new ConcurrentLinkedQueue<>();
        private final int pauseMillis;
        private java.util.concurrent.Flow.@org.jspecify.annotations.Nullable Subscription subscription;

        HastyClient(int pauseMillis) {
            this.pauseMillis = pauseMillis;
        }

        List<Long> sequences() {
            return List.copyOf(sequences);
        }

        @Override
        public void onSubscribe(java.util.concurrent.Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(LiveItem item) {
            var events = ((LiveItem.Events) item).events();
            events.forEach(event -> sequences.add(event.event().sequence().value()));
            var given = java.util.Objects.requireNonNull(subscription);
            if (pauseMillis == 0) {
                given.request(1);
            } else {
                VERTX.setTimer(pauseMillis, _ -> given.request(1));
            }
        }

        @Override
        public void onError(Throwable failure) {
            sequences.add(-1L);
        }

        @Override
        public void onComplete() {
            sequences.add(-2L);
        }
    }
}
