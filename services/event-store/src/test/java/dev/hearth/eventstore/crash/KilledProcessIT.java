package dev.hearth.eventstore.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult.Opened;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult.Page;
import dev.hearth.eventlog.StoreName;
import dev.hearth.eventlog.http.HttpEventLog;
import dev.hearth.testkit.ServiceProcess;
import dev.hearth.testkit.TestEvents;
import dev.hearth.testkit.TestTokens;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is stored, once and in order, however often the process is killed while it appends.
class KilledProcessIT {
    private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final int WRITERS = 8;
    private static final int EVENTS_EACH = 250;
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));
    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void acknowledged_events_are_stored_once_and_in_their_writers_order() throws Exception {
        var vertx = Vertx.vertx();
        try (var process = new ServiceProcess(PROGRAM, folder, Map.of());
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            process.awaitReady();
            var log = new HttpEventLog(
                    WebClient.create(vertx),
                    process.url(),
                    () -> Uni.createFrom().item(TestTokens.service()));
            var store = open(log);
            var work = new ArrayList<Future<Map<EventId, Long>>>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int me = writer;
                work.add(writers.submit(() -> write(log, store, me)));
            }

            for (int kill = 1; kill <= KILLS; kill++) {
                awaitAcknowledged(kill * WRITERS * EVENTS_EACH / (KILLS + 1));
                process.killAndRestart();
            }

            var answers = answers(work);
            var stored = stored(log, store);
            assertThat(stored.stream().map(event -> event.sequence().value()))
                    .isEqualTo(LongStream.rangeClosed(1, WRITERS * EVENTS_EACH)
                            .boxed()
                            .toList());
            assertThat(answers).hasSize(WRITERS * EVENTS_EACH);
            for (Event event : stored) {
                assertThat(event.sequence().value()).isEqualTo(answers.get(event.id()));
            }
            for (int writer = 0; writer < WRITERS; writer++) {
                inOrder(stored, writer);
            }
        } finally {
            vertx.closeAndAwait();
        }
    }

    private static void inOrder(List<Event> stored, int writer) {
        var mine = stored.stream()
                .map(event -> event.id().value())
                .filter(id -> id.startsWith(writer + "-"))
                .map(id -> Integer.valueOf(id.substring(id.indexOf('-') + 1)))
                .toList();
        assertThat(mine).isSorted().hasSize(EVENTS_EACH);
    }

    private StoreId open(EventLog log) {
        var opened = log.open(ada, new NewStore(ada.user(), new StoreName("native", "crash"), "app", false));
        return ((Opened) opened.await().atMost(Duration.ofSeconds(30))).store().id();
    }

    /// Repeats each append until it is answered, as a client does; the answer may be to an earlier attempt.
    private Map<EventId, Long> write(EventLog log, StoreId store, int writer) {
        Map<EventId, Long> answers = new HashMap<>();
        for (int number = 0; number < EVENTS_EACH; number++) {
            var event = TestEvents.of(writer + "-" + number);
            var appended = appendUntilAnswered(log, new Append(store, Expectation.any(), List.of(event)));
            answers.put(event.id(), appended.assigned().getFirst().sequence().value());
            acknowledged.incrementAndGet();
        }
        return answers;
    }

    private Appended appendUntilAnswered(EventLog log, Append append) {
        long giveUp = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            try {
                return (Appended) log.append(ada, append).await().atMost(Duration.ofSeconds(30));
            } catch (EventLogUnavailable again) {
                assertThat(System.nanoTime()).isLessThan(giveUp);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private void awaitAcknowledged(int events) {
        long giveUp = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (acknowledged.get() < events) {
            assertThat(System.nanoTime())
                    .as("%d acknowledged", acknowledged.get())
                    .isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static Map<EventId, Long> answers(List<Future<Map<EventId, Long>>> work)
            throws ExecutionException, InterruptedException {
        Map<EventId, Long> all = new HashMap<>();
        for (Future<Map<EventId, Long>> writer : work) {
            all.putAll(writer.get());
        }
        return all;
    }

    private List<Event> stored(EventLog log, StoreId store) {
        var page = log.read(ada, Read.after(store, 0, 10_000)).await().atMost(Duration.ofSeconds(30));
        return ((Page) page).events();
    }
}
