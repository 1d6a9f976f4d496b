package dev.hearth.eventstore.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.Topics;
import dev.hearth.contracts.Trace;
import dev.hearth.embedded.EmbeddedKafka;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.KafkaConfig;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.StoreName;
import dev.hearth.eventstore.SmallLimits;
import dev.hearth.postgres.Database;
import dev.hearth.testkit.TestEvents;
import dev.hearth.testkit.TestServers;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The relay's rules, each against real Postgres and a real broker that the test may stop.
@QuarkusTest
@TestProfile(SmallLimits.class)
@WithTestResource(TestServers.class)
class RelayIT {
    @TempDir
    static Path folder;

    private static KafkaConfig broker;
    private static EmbeddedKafka kafka;

    @Inject
    EventLog log;

    @Inject
    @ReactiveDataSource("event-store")
    Pool serving;

    @Inject
    @ReactiveDataSource("event-store-relay")
    Pool relayPool;

    private final List<Relay> relays = new ArrayList<>();
    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));

    @BeforeAll
    static void start_a_broker() {
        broker = new KafkaConfig(folder.resolve("kafka"), FreePorts.any(), FreePorts.any());
        kafka = EmbeddedKafka.start(broker);
    }

    @AfterAll
    static void stop_the_broker() {
        kafka.close();
    }

    @AfterEach
    void stop_relays() throws InterruptedException {
        for (Relay relay : relays) {
            relay.stop();
        }
    }

    @Test
    void every_store_arrives_in_sequence_order() {
        relay();
        var stores = IntStream.range(0, 5).mapToObj(i -> store("s" + i)).toList();
        for (int round = 0; round < 30; round++) {
            for (StoreId store : stores) {
                append(store, 3);
            }
        }

        for (StoreId store : stores) {
            assertThat(published(store, 90)).isEqualTo(upTo(90));
        }
    }

    @Test
    void events_are_published_with_the_trace_they_keep() {
        relay();
        var store = store("traced");
        var trace = Trace.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
        append(new Append(store, Expectation.any(), List.of(TestEvents.any())).tracedBy(trace));

        var published = Copy.until(kafka.bootstrapServers(), store, Generation.FIRST, 1);

        assertThat(published.of(store, Generation.FIRST).getFirst().event().trace())
                .isEqualTo(trace);
    }

    @Test
    void what_was_appended_without_a_relay_is_published_later() {
        var store = store("early");
        append(store, 250);

        relay();

        assertThat(published(store, 250)).isEqualTo(upTo(250));
    }

    @Test
    void a_transaction_with_a_lower_id_that_commits_later_is_not_left_out() {
        var late = store("late");
        var early = store("early");
        // Discovery stops at the open transaction, so `early` is found by its notice, which nobody keeps for a relay
        // that does not listen yet.
        eventually(relay()::isActive);

        var slow = serving.getConnection().await().atMost(Duration.ofSeconds(10));
        var quick = serving.getConnection().await().atMost(Duration.ofSeconds(10));
        try {
            var transaction = slow.begin().await().atMost(Duration.ofSeconds(10));
            appendByHand(slow, late);
            appendByHand(quick, early);
            append(early, 1);
            assertThat(published(early, 2)).isEqualTo(upTo(2));
            transaction.commit().await().atMost(Duration.ofSeconds(10));

            // By hand, so without a notice: discovery alone finds it.
            assertThat(published(late, 1)).isEqualTo(upTo(1));
        } finally {
            // What stays open here would hold up discovery in the tests that follow.
            slow.close().await().atMost(Duration.ofSeconds(10));
            quick.close().await().atMost(Duration.ofSeconds(10));
        }
    }

    @Test
    void when_the_active_relay_loses_its_connection_another_goes_on() throws InterruptedException {
        var first = relay();
        eventually(first::isActive);
        var second = relay();
        var store = store("failover");
        for (int round = 0; round < 10; round++) {
            append(store, 20);
            if (round % 3 == 2) {
                killTheLeasesConnection();
            }
        }
        first.stop();
        append(store, 20);

        assertThat(published(store, 220)).isEqualTo(upTo(220));
        eventually(second::isActive);
        assertThat(first.isActive()).isFalse();
    }

    @Test
    void a_topic_that_was_made_anew_is_filled_again() throws ExecutionException, InterruptedException {
        relay();
        var store = store("wiped");
        append(store, 40);
        published(store, 40);

        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(Topics.LOG)).all().get();
        }
        append(store, 10);

        // The new events may come first, before the relay sees that it is another topic; all come in order after that.
        assertThat(published(store, 50)).containsAll(upTo(50));
    }

    @Test
    void while_kafka_is_away_appends_go_on_and_the_copy_catches_up() {
        var relay = relay();
        var store = store("outage");
        append(store, 50);
        published(store, 50);

        kafka.close();
        append(store, 150);
        long before = relay.published();
        // Longer than the delivery time-out, so that a producer gives up with events in its hands.
        eventuallyPaused(RelaySettings.QUICK.deliveryTimeout().plusSeconds(1));
        append(store, 100);
        assertThat(relay.published()).isEqualTo(before);
        kafka = EmbeddedKafka.start(broker);

        assertThat(published(store, 300)).isEqualTo(upTo(300));
    }

    @Test
    void a_replaced_history_is_followed_by_the_new_one() {
        relay();
        var store = store("reset");
        append(store, 5);
        published(store, 5);

        log.reset(ada, store, Generation.FIRST).await().atMost(Duration.ofSeconds(10));
        append(store, 3);

        var second = new Generation(2);
        assertThat(Copy.until(kafka.bootstrapServers(), store, second, 3).sequences(store, second))
                .isEqualTo(upTo(3));
    }

    @Test
    void payloads_arrive_byte_for_byte() {
        relay();
        var store = store("bytes");
        var payload =
                new Payload("{\"b\":1, \"a\":\"\\u00e9\u2028\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        append(store, List.of(TestEvents.of(payload)));

        var copy = Copy.until(kafka.bootstrapServers(), store, Generation.FIRST, 1);

        assertThat(copy.of(store, Generation.FIRST).getFirst().event().payload())
                .isEqualTo(payload);
    }

    private Relay relay() {
        var relay = new Relay(relayPool, Map.of("bootstrap.servers", kafka.bootstrapServers()), RelaySettings.QUICK);
        relays.add(relay);
        relay.start();
        return relay;
    }

    private StoreId store(String name) {
        var opened = log.open(ada, new NewStore(ada.user(), new StoreName("native", name), "app", false))
                .await()
                .atMost(Duration.ofSeconds(10));
        return ((OpenResult.Opened) opened).store().id();
    }

    private void append(StoreId store, int events) {
        append(
                store,
                IntStream.range(0, events)
                        .mapToObj(i -> TestEvents.of(Payload.utf8("{\"i\":" + i + "}")))
                        .toList());
    }

    private void append(StoreId store, List<NewEvent> events) {
        append(new Append(store, Expectation.any(), events));
    }

    private void append(Append append) {
        assertThat(log.append(ada, append).await().atMost(Duration.ofSeconds(10)))
                .isInstanceOf(Appended.class);
    }

    private void appendByHand(SqlConnection connection, StoreId store) {
        var principals = String.join(",", Database.principals(ada));
        connection
                .query("select outcome from append('{" + principals + "}', '" + store + "', '" + ada.user()
                        + "', 'any', null, null, null, null, array['" + UUID.randomUUID()
                        + "'], array['notes'], array['noted'], array['{}'::bytea], array['application/json'],"
                        + " array[false], array[null]::bigint[], array[null]::text[], array[null]::text[],"
                        + " array[null]::text[], array[null]::text[], array[null]::timestamptz[],"
                        + " array[null]::text[])")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private void killTheLeasesConnection() {
        relayPool
                .query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted"
                        + " and pid <> pg_backend_pid()")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private List<Long> published(StoreId store, long head) {
        return Copy.until(kafka.bootstrapServers(), store, Generation.FIRST, head)
                .sequences(store, Generation.FIRST);
    }

    private static List<Long> upTo(long head) {
        return LongStream.rangeClosed(1, head).boxed().toList();
    }

    private static void eventually(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static void eventuallyPaused(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        eventually(() -> System.nanoTime() >= until);
    }
}
