package dev.hearth.auth.carry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.testkit.InMemoryEventLog;
import dev.hearth.testkit.TestEvents;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final int PAGE = 10;

    private final InMemoryEventLog log = new InMemoryEventLog();
    private final Principal ada = Principal.user(UUID.randomUUID());
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void nothing_is_read_before_it_is_taken() {
        var store = store(100);

        var taker = export(store).pieces().subscribe().withSubscriber(AssertSubscriber.<Buffer>create(0));
        taker.request(3);
        taker.awaitItems(3);

        assertThat(reads.get()).isLessThanOrEqualTo(4);
        taker.request(Long.MAX_VALUE);
        taker.awaitCompletion();
        assertThat(reads.get()).isEqualTo(10);
    }

    @Test
    void what_was_written_after_it_began_is_not_of_it() {
        var store = store(15);
        append(store, 15, 30);

        var archive = whole(export(store));

        assertThat(Zips.text(Zips.files(archive).get(Archive.eventsOf(store.id().value()))))
                .hasLineCount(15);
    }

    @Test
    void a_history_that_is_replaced_meanwhile_breaks_it_off() {
        var store = store(15);
        log.reset(Caller.of(ada), store.id(), store.generation()).await().indefinitely();

        var taker = export(store).pieces().subscribe().withSubscriber(AssertSubscriber.<Buffer>create(100));

        taker.awaitFailure().assertFailedWith(EventLogUnavailable.class);
    }

    private static byte[] whole(Export export) {
        var all = Buffer.buffer();
        export.pieces().subscribe().asIterable().forEach(all::appendBuffer);
        return all.getBytes();
    }

    private Export export(Store store) {
        var profile = new Archive.Profile(
                ada.id(),
                Optional.empty(),
                Optional.empty(),
                "Etc/UTC",
                "en",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
        var all = new Belongings.All(profile, List.of(), List.of(), List.of(), List.of(), List.of(store));
        return new Export(counted(), ada, all, PAGE, Clock.systemUTC());
    }

    /// The log, and how often it was read.
    private EventLog counted() {
        return (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (_, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        reads.incrementAndGet();
                    }
                    return method.invoke(log, arguments);
                });
    }

    private Store store(int events) {
        var wanted = new NewStore(ada, new StoreName("native", "todo"), "app", false);
        var store =
                ((OpenResult.Opened) log.open(Caller.of(ada), wanted).await().indefinitely()).store();
        append(store, 0, events);
        return log.find(Caller.of(ada), store.id()).await().indefinitely().orElseThrow();
    }

    /// So that each page gives bytes.
    private static Payload unpackable() {
        var bytes = new byte[10_000];
        ThreadLocalRandom.current().nextBytes(bytes);
        return new Payload(bytes);
    }

    private void append(Store store, int from, int to) {
        var events = IntStream.range(from, to)
                .mapToObj(i -> TestEvents.of("event-" + i, new StreamId("s"), unpackable()))
                .toList();
        log.append(Caller.of(ada), new Append(store.id(), Expectation.any(), events))
                .await()
                .indefinitely();
    }
}
