package dev.hearth.projection.consume;

import static dev.hearth.projection.Writer.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.eventlog.Store;
import dev.hearth.projection.TestLog;
import dev.hearth.projection.Writer;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.view.BuildStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Building a view anew, beside the one that answers, with real Kafka and Postgres.
final class RebuildIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int STORES = 9;

    private final TestLog log = new TestLog();
    private final Writer ada = Writer.someone(log);
    private final List<Store> stores =
            IntStream.range(0, STORES).mapToObj(i -> ada.open("s" + i)).toList();
    private Frame frame;

    @BeforeAll
    static void migrate() throws Exception {
        Frame.migrate();
    }

    @BeforeEach
    void start() {
        frame = new Frame(log);
        stores.forEach(store -> ada.append(store.id(), "s", "0"));
    }

    @AfterEach
    void close() {
        frame.close();
    }

    @Test
    void the_first_build_has_what_kafka_never_brought() {
        frame.rebuild(frame.view()).round();

        stores.forEach(store -> assertThat(shown(store)).isEqualTo("v1 0"));
        assertThat(live().swept().stores()).isEqualTo(STORES);
        assertThat(live().progress()).isEqualTo(1);
    }

    @Test
    void killed_in_the_middle_and_resumed_it_loses_nothing_while_all_go_on_writing_and_asking()
            throws InterruptedException {
        frame.rebuild(frame.view()).round();
        frame.consume(frame.view());
        var expected = new StringBuilder("v1 0");
        var writing = new AtomicBoolean(true);
        var wrong = new CopyOnWriteArrayList<String>();
        var writer = Thread.startVirtualThread(() -> {
            for (int i = 1; writing.get(); i++) {
                for (Store store : stores) {
                    frame.publish(ada.append(store.id(), "s", "" + i));
                }
                expected.append(" ").append(i);
            }
        });
        var reader = Thread.startVirtualThread(() -> {
            var longest = "";
            while (writing.get()) {
                var text = shown(stores.getFirst());
                if (!text.startsWith(longest)) {
                    wrong.add(longest + " became " + text);
                }
                longest = text;
            }
        });
        begin(frame.view());

        assertThatThrownBy(() -> frame.rebuild(frame.view(), dying(9)).round()).hasMessageContaining("away");
        long sweptBefore = making().orElseThrow().swept().stores();
        frame.rebuild(frame.view()).round();
        writing.set(false);
        writer.join();
        reader.join();

        assertThat(sweptBefore).isBetween(1L, STORES - 1L);
        assertThat(live()).returns(2, BuildStatus::number);
        assertThat(live().swept().stores()).isEqualTo(STORES);
        for (Store store : stores) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(shown(store)).isEqualTo(expected.toString()));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_old_rows_go_when_the_new_ones_answer() {
        frame.rebuild(frame.view()).round();
        begin(frame.view());
        frame.rebuild(frame.view()).round();

        while (now(frame.projection().builds().dropRetired(4))) {
            assertThat(shown(stores.getFirst())).isEqualTo("v1 0");
        }

        for (var table : List.of("noted", "checkpoint", "build")) {
            assertThat(frame.countAll(table, table.equals("build") ? "number" : "build", 1))
                    .isZero();
            assertThat(frame.countAll(table, table.equals("build") ? "number" : "build", 2))
                    .isPositive();
        }
    }

    @Test
    void two_processes_that_build_at_once_make_one() throws InterruptedException {
        var both = IntStream.range(0, 2)
                .mapToObj(_ -> Thread.startVirtualThread(
                        () -> frame.rebuild(frame.view()).round()))
                .toList();
        for (var one : both) {
            one.join();
        }
        frame.rebuild(frame.view()).round();

        stores.forEach(store -> assertThat(shown(store)).isEqualTo("v1 0"));
        assertThat(live().number()).isEqualTo(1);
        assertThat(live().swept().stores()).isEqualTo(STORES);
    }

    @Test
    void newer_code_builds_beside_the_old_rows_and_older_code_then_keeps_its_hands_off() {
        var older = frame.view();
        var newer = older.newer();
        frame.rebuild(older).round();
        assertThatThrownBy(() -> frame.rebuild(newer, dying(8)).round()).hasMessageContaining("away");
        var store = stores.getFirst();

        assertThat(shown(store)).isEqualTo("v1 0");
        var event = ada.append(store.id(), "s", "1");
        assertThatThrownBy(() -> now(frame.projection(older).projector().apply(Map.of(StoreFacts.of(store), event))))
                .hasMessageContaining("newer version");
        frame.rebuild(older).round();
        assertThat(live().version()).isEqualTo(1);
        frame.rebuild(newer).round();

        assertThat(shown(store)).isEqualTo("v2 0 1");
        frame.rebuild(older).round();
        assertThat(live().version()).isEqualTo(2);
    }

    @Test
    void older_code_takes_a_view_back_when_it_is_told_to() {
        var older = frame.view();
        frame.rebuild(older.newer()).round();

        begin(older);
        frame.rebuild(older).round();

        assertThat(shown(stores.getFirst())).isEqualTo("v1 0");
    }

    @Test
    void what_nobody_told_of_is_found_when_the_view_is_compared_with_the_log() {
        frame.rebuild(frame.view()).round();
        ada.append(stores.get(0).id(), "s", "unheard");
        ada.reset(stores.get(1).id());

        assertThat(frame.rebuild(frame.view()).reconcile()).isEqualTo(2);

        assertThat(shown(stores.get(0))).isEqualTo("v1 0 unheard");
        assertThat(frame.rows(ada.caller(), stores.get(1))).isEmpty();
        assertThat(frame.rebuild(frame.view()).reconcile()).isZero();
    }

    @Test
    void a_closed_store_is_taken_out_of_every_build_and_no_rebuild_brings_it_back() {
        var rebuild = frame.rebuild(frame.view());
        rebuild.round();
        var bob = Writer.someone(log);
        var bobs = bob.open("bobs");
        bob.append(bobs.id(), "s", "kept");
        rebuild.reconcile();

        log.erase(ada.caller().user());
        rebuild.reconcile();

        assertThat(frame.rows(ada.caller(), stores.getFirst())).isEmpty();
        assertThat(frame.countAll("checkpoint", "build", 1)).isEqualTo(1);
        assertThat(frame.countAll("noted", "build", 1)).isEqualTo(1);
        assertThat(frame.rows(bob.caller(), bobs)).isEqualTo(Map.of("s", "v1 kept"));
        begin(frame.view());
        rebuild.round();
        assertThat(frame.countAll("noted", "build", 2)).isEqualTo(1);
    }

    @Test
    void without_their_owner_rows_are_not_there() {
        frame.rebuild(frame.view()).round();

        for (var table : List.of("noted", "checkpoint", "parked", "usage")) {
            assertThat(frame.count(table)).isZero();
        }
        assertThat(frame.rows(Writer.someone(log).caller(), stores.getFirst())).isEmpty();
        assertThat(now(frame.projection()
                        .shelf()
                        .checkpoint(
                                Writer.someone(log).caller(), stores.getFirst().id())))
                .isEmpty();
        assertThat(now(frame.projection()
                        .shelf()
                        .checkpoint(ada.caller(), stores.getFirst().id())))
                .isPresent();
    }

    @Test
    void a_row_cannot_be_planted_under_another_owner() {
        var insert = "insert into checkpoint (view, build, store, owner) values ('usage', 1, '"
                + stores.getFirst().id() + "', '" + ada.caller().user() + "')";

        assertThatThrownBy(() -> now(frame.database.inTransaction(
                        Writer.someone(log).caller(), tx -> tx.query(insert).execute())))
                .hasMessageContaining("row-level security");
        assertThatThrownBy(() -> now(frame.database.inServiceTransaction(
                        tx -> tx.query("delete from build").execute())))
                .hasMessageContaining("permission denied");
    }

    /// A way to the log that breaks off in the middle: so does the process that goes it.
    private TestLog dying(int calls) {
        var dying = new TestLog(log);
        dying.leaveAfter(calls);
        return dying;
    }

    private void begin(Noted view) {
        now(frame.projection(view).builds().begin(view.version(), true));
    }

    private String shown(Store store) {
        return frame.rows(ada.caller(), store).getOrDefault("s", "");
    }

    private BuildStatus live() {
        return builds().stream().filter(BuildStatus::live).findFirst().orElseThrow();
    }

    private Optional<BuildStatus> making() {
        return builds().stream().filter(build -> !build.live()).findFirst();
    }

    private List<BuildStatus> builds() {
        return now(frame.projection().builds().current());
    }
}
