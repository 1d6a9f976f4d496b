package dev.hearth.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.StoreName;
import dev.hearth.eventstore.SmallLimits;
import dev.hearth.eventstore.erase.Eraser;
import dev.hearth.postgres.Database;
import dev.hearth.testkit.TestEvents;
import dev.hearth.testkit.TestServers;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The second wall: what the database itself refuses, whatever the code above it does.
@QuarkusTest
@TestProfile(SmallLimits.class)
@WithTestResource(TestServers.class)
class RowSecurityIT {
    @Inject
    EventLog log;

    @Inject
    Eraser eraser;

    @Inject
    @ReactiveDataSource("event-store")
    Pool serving;

    @Inject
    @ReactiveDataSource("event-store-relay")
    Pool relay;

    @Inject
    @ReactiveDataSource("event-store-eraser")
    Pool erasing;

    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));
    private final Caller bob = Caller.of(Principal.user(UUID.randomUUID()));
    private StoreId store;

    @BeforeEach
    void ada_has_a_store_with_one_event() {
        var opened = await(log.open(ada, new NewStore(ada.user(), new StoreName("native", "diary"), "app", false)));
        store = ((OpenResult.Opened) opened).store().id();
        await(log.append(
                ada, new Append(store, Expectation.any(), List.of(TestEvents.of(Payload.utf8("{\"secret\":true}"))))));
    }

    @Test
    void a_transaction_that_names_nobody_sees_nothing() {
        var database = new Database(serving);

        assertThat(seenByNobody(database, "store")).isZero();
        assertThat(seenByNobody(database, "event")).isZero();
    }

    @Test
    void a_connection_forgets_its_caller_with_the_transaction() {
        var database = new Database(serving);

        assertThat(seenBy(ada, database, "store")).isEqualTo(1);
        for (int i = 0; i < 32; i++) {
            assertThat(seenByNobody(database, "store")).isZero();
        }
    }

    @Test
    void another_callers_rows_are_not_there() {
        var database = new Database(serving);

        assertThat(seenBy(bob, database, "store")).isZero();
        assertThat(seenBy(bob, database, "event")).isZero();
    }

    @Test
    void a_store_cannot_be_made_under_another_owner() {
        var insert = "insert into store (owner, face, client_id, kind, private, placement) values ('" + ada.user()
                + "', 'native', 'planted', 'app', false, gen_random_uuid())";

        assertThatThrownBy(() -> await(new Database(serving)
                        .inTransaction(bob, tx -> tx.query(insert).execute())))
                .isInstanceOf(PgException.class)
                .hasMessageContaining("row-level security");
    }

    @Test
    void no_role_that_serves_can_change_or_remove_an_event() {
        for (Pool role : List.of(serving, relay)) {
            for (String change :
                    List.of("update event set type = 'forged'", "update event set payload = ''", "delete from event")) {
                assertThatThrownBy(() -> await(role.query(change).execute()))
                        .isInstanceOf(PgException.class)
                        .hasMessageContaining("permission denied");
            }
        }
        assertThatThrownBy(() -> await(serving.query("delete from store").execute()))
                .hasMessageContaining("permission denied");
    }

    @Test
    void the_relay_reads_all_and_writes_no_event() {
        long seen = await(relay.query("select count(*) from event").execute())
                .iterator()
                .next()
                .getLong(0);
        assertThat(seen).isPositive();
        assertThatThrownBy(() -> await(relay.query("insert into fence values (gen_random_uuid(), 1)")
                        .execute()))
                .hasMessageContaining("permission denied");
    }

    @Test
    void the_eraser_blanks_only_what_was_retired() {
        assertThatThrownBy(() -> await(erasing.query("select erase_generation('" + store + "', 1, 10)")
                        .execute()))
                .hasMessageContaining("retired");
        assertThatThrownBy(() ->
                        await(erasing.query("update event set actor = 'forged'").execute()))
                .hasMessageContaining("permission denied");
        for (String change : List.of("type = 'forged'", "payload = 'forged'", "payload = 'forged', erased = true")) {
            assertThatThrownBy(() ->
                            await(erasing.query("update event set " + change).execute()))
                    .as(change)
                    .hasMessageContaining("row-level security");
        }
        assertThatThrownBy(() ->
                        await(erasing.query("update store set kind = 'forged'").execute()))
                .hasMessageContaining("row-level security");
    }

    @Test
    void of_a_closed_store_hashes_and_numbers_stay_and_no_word_of_anybodys() {
        await(log.reset(ada, store, Generation.FIRST));
        await(log.append(ada, new Append(store, Expectation.any(), words(7))));
        await(eraser.eraseRetired(Duration.ofDays(-1)));

        int steps = 0;
        while (!await(eraser.erase(ada.user()))) {
            steps++;
        }

        assertThat(steps).as("close, 1 old event, 4 and 3 new ones").isEqualTo(4);
        var events = await(
                relay.query("select e.*, octet_length(payload_hash) as hash from event e where store = '" + store + "'")
                        .execute());
        assertThat(events.rowCount()).isEqualTo(8);
        for (var row : events) {
            assertThat(row.toJson().encode()).doesNotContain("word", "secret");
            assertThat(row.getInteger("hash")).isEqualTo(32);
            assertThat(row.getString("actor")).isEqualTo(ada.user().toString());
        }
        var closed = await(
                erasing.query("select * from store where id = '" + store + "'").execute());
        assertThat(closed.iterator().next().toJson().encode()).doesNotContain("diary");
        assertThat(await(relay.query("select 1 from store where id = '" + store + "'")
                                .execute())
                        .rowCount())
                .isZero();
    }

    /// Two at once, and one that begins where another was stopped, come to the same end.
    @Test
    void many_who_erase_at_once_leave_nothing_out() {
        await(log.append(ada, new Append(store, Expectation.any(), words(7))));

        await(Uni.join()
                .all(IntStream.range(0, 8)
                        .mapToObj(_ -> eraser.erase(ada.user()))
                        .toList())
                .andFailFast());

        assertThat(await(eraser.erase(ada.user()))).isTrue();
        assertThat(await(relay.query("select 1 from event where store = '" + store + "' and not erased")
                                .execute())
                        .rowCount())
                .isZero();
    }

    private static List<NewEvent> words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestEvents.of("word-" + i, new StreamId("word"), Payload.utf8("word")))
                .toList();
    }

    @Test
    void a_retired_history_loses_its_payloads_and_keeps_its_hashes() {
        await(log.reset(ada, store, Generation.FIRST));

        await(eraser.eraseRetired(Duration.ofDays(-1)));

        var row = await(relay.query("select payload, erased, octet_length(payload_hash) as hash from event "
                                + "where store = '" + store + "' and generation = 1")
                        .execute())
                .iterator()
                .next();
        assertThat(row.getBuffer("payload").length()).isZero();
        assertThat(row.getBoolean("erased")).isTrue();
        assertThat(row.getInteger("hash")).isEqualTo(32);
        var page = (ReadResult.Page) await(log.read(ada, Read.after(store, 0, 10)));
        assertThat(page.store().generation()).isEqualTo(new Generation(2));
        assertThat(page.events()).isEmpty();
    }

    private static long seenByNobody(Database database, String table) {
        return await(database.inServiceTransaction(tx -> count(tx, table)));
    }

    private static long seenBy(Caller caller, Database database, String table) {
        return await(database.inTransaction(caller, tx -> count(tx, table)));
    }

    private static Uni<Long> count(SqlConnection connection, String table) {
        return connection
                .query("select count(*) from " + table)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
