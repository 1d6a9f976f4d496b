package dev.hearth.projection.consume;

import static dev.hearth.projection.Writer.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Store;
import dev.hearth.projection.TestLog;
import dev.hearth.projection.Writer;
import dev.hearth.projection.fold.StoreFacts;
import io.smallrye.mutiny.Multi;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Stores of several owners, folded in one transaction of the real Postgres.
final class TogetherIT {
    private final TestLog log = new TestLog();
    private final Writer ada = Writer.someone(log);
    private final Writer bob = Writer.someone(log);
    private Frame frame;

    @BeforeAll
    static void migrate() throws SQLException {
        Frame.migrate();
    }

    @BeforeEach
    void a_view_is_live() {
        frame = new Frame(log);
        frame.rebuild(frame.view()).round();
    }

    @AfterEach
    void close() {
        frame.close();
    }

    @Test
    void each_store_gets_its_own_whatever_happens_to_the_others() {
        var plain = ada.open("plain");
        var other = bob.open("other owner");
        var hole = ada.open("hole");
        var again = bob.open("new generation");
        var refused = ada.open("refused");
        apply(Map.of(again, bob.append(again.id(), "s", "old")));
        bob.reset(again.id());
        ada.append(hole.id(), "s", "1");

        apply(Map.of(
                plain, ada.append(plain.id(), "s", "1", "2"),
                other, bob.append(other.id(), "s", "3"),
                hole, ada.append(hole.id(), "s", "2"),
                again, bob.append(again.id(), "s", "new"),
                refused, ada.append(refused.id(), "s", "1", "\u0000", "2")));

        assertThat(rows(ada, plain)).isEqualTo(Map.of("s", "v1 1 2"));
        assertThat(rows(bob, other)).isEqualTo(Map.of("s", "v1 3"));
        assertThat(rows(ada, other)).isEmpty();
        assertThat(rows(ada, hole)).isEqualTo(Map.of("s", "v1 1 2"));
        assertThat(rows(bob, again)).isEqualTo(Map.of("s", "v1 new"));
        assertThat(rows(ada, refused)).isEqualTo(Map.of("s", "v1 1"));
        assertThat(now(frame.projection().parked().latest(Optional.empty(), 10)))
                .hasSize(2)
                .allMatch(parked -> parked.store().equals(refused.id()));
    }

    @Test
    void processes_that_fold_the_same_stores_in_another_order_wait_for_each_other_and_never_crosswise() {
        var runs = new LinkedHashMap<Store, List<Event>>();
        IntStream.range(0, 40).forEach(i -> {
            var store = ada.open("s" + i);
            runs.put(store, ada.append(store.id(), "s", "1", "2"));
        });
        var backwards = new LinkedHashMap<Store, List<Event>>();
        new ArrayList<>(runs.keySet()).reversed().forEach(store -> backwards.put(store, runs.get(store)));

        now(Multi.createFrom()
                .items(runs, backwards, runs, backwards, runs, backwards, runs, backwards)
                .onItem()
                .transformToUni(all -> frame.projection().projector().apply(facts(all)))
                .merge(8)
                .collect()
                .asList());

        assertThat(runs.keySet())
                .allSatisfy(store -> assertThat(rows(ada, store)).isEqualTo(Map.of("s", "v1 1 2")));
    }

    /// As their owner sees them.
    private Map<String, String> rows(Writer owner, Store store) {
        return frame.rows(owner.caller(), store);
    }

    private void apply(Map<Store, List<Event>> runs) {
        now(frame.projection().projector().apply(facts(runs)));
    }

    private static Map<StoreFacts, List<Event>> facts(Map<Store, List<Event>> runs) {
        var facts = new LinkedHashMap<StoreFacts, List<Event>>();
        runs.forEach((store, run) -> facts.put(StoreFacts.of(store), run));
        return facts;
    }
}
