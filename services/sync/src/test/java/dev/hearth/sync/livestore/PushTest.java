package dev.hearth.sync.livestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Sequence;
import dev.hearth.sync.TestConfig;
import dev.hearth.sync.json.RawJson;
import dev.hearth.sync.live.Follow;
import dev.hearth.sync.live.Live;
import dev.hearth.sync.live.LiveItem;
import dev.hearth.sync.livestore.Answers.Outcome;
import dev.hearth.testkit.InMemoryEventLog;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PushTest {
    // Long enough that nothing is found by polling.
    private static final Map<String, String> NO_POLLING = Map.of("sync.live.poll-interval", "1h");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryEventLog log = new InMemoryEventLog();
    private final Live live = new Live(log, TestConfig.with(NO_POLLING).live(), vertx);
    private final Stores stores = new Stores(log);
    private final Push push = new Push(log, stores, live);
    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));

    @BeforeEach
    void start() {
        live.start();
    }

    @AfterEach
    void stop() {
        live.stop();
        vertx.close();
    }

    @Test
    void what_was_pushed_goes_to_those_who_wait_without_waiting_for_kafka_or_the_poll() {
        var waiting = follow();

        var outcome = push.push(ada, batch(1, 0), Optional.empty()).await().indefinitely();

        assertThat(outcome).isEqualTo(new Outcome.Pushed());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sequences(waiting)).containsExactly(1L));
    }

    private AssertSubscriber<LiveItem> follow() {
        var store = stores.open(ada, "todo").await().indefinitely();
        var wish = new Follow(ada, store.id(), Optional.empty(), Sequence.ZERO, 100);
        return live.follow(wish).subscribe().withSubscriber(AssertSubscriber.create(10));
    }

    private static Wire.Push batch(long number, long parent) {
        var event = new Wire.Event("v1.Done", RawJson.of("{}"), number, parent, "phone", "static");
        return new Wire.Push("todo", List.of(event), null);
    }

    private static List<Long> sequences(AssertSubscriber<LiveItem> items) {
        return items.getItems().stream()
                .map(item -> (LiveItem.Events) item)
                .flatMap(page -> page.events().stream())
                .map(event -> event.event().sequence().value())
                .toList();
    }
}
