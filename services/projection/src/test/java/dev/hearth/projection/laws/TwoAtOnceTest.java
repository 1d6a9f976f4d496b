package dev.hearth.projection.laws;

import static dev.hearth.projection.Writer.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.projection.Writer;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Parked;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View.Unit;
import dev.hearth.projection.rebuild.Rebuild;
import dev.hearth.projection.view.Projector;
import dev.hearth.testkit.InMemoryEventLog;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Another process does the same, between any two transactions, and as far as it may get.
final class TwoAtOnceTest {
    private static final String[] TEXTS = {"1", Told.UNSTORABLE, "2", "3", Told.POISON, "4", "5", Told.UNSTORABLE, "6"};

    private final InMemoryEventLog log = new InMemoryEventLog();
    private final Writer ada = Writer.someone(log);

    @ParameterizedTest
    @EnumSource
    void a_catch_up_that_meets_another_gives_the_same_rows(Unit unit) {
        for (int moment = 0; moment < 30; moment++) {
            for (int reach = 1; reach <= TEXTS.length; reach++) {
                var wanted = reach;
                meets(
                        unit,
                        moment,
                        (views, store, all) -> projector(unit, views)
                                .catchUp(store, true, at -> at.sequence().value() >= wanted));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_catch_up_that_meets_a_consumer_gives_the_same_rows(Unit unit) {
        for (int moment = 0; moment < 30; moment++) {
            for (int reach = 1; reach <= TEXTS.length; reach++) {
                var run = reach;
                meets(
                        unit,
                        moment,
                        (views, store, all) -> projector(unit, views).apply(Map.of(store, all.subList(0, run))));
            }
        }
    }

    private interface Other {
        io.smallrye.mutiny.Uni<?> does(InMemoryViews views, StoreFacts store, List<Event> all);
    }

    private void meets(Unit unit, int moment, Other other) {
        var store = StoreFacts.of(ada.open("s" + System.nanoTime()));
        for (int i = 0; i < TEXTS.length; i++) {
            ada.append(store.id(), i % 3 == 0 ? "a" : "b", TEXTS[i]);
        }
        var all = ((ReadResult.Page) now(log.read(ada.caller(), Read.after(store.id(), 0, 100)))).events();
        var moments = new Moments();
        var views = new InMemoryViews(() -> 1, moments);
        new Rebuild(new InMemoryEventLog(), views, projector(unit, views), 1, 1, 1, () -> false).round();
        moments.left = moment;
        moments.work = () -> now(other.does(views, store, all));

        now(projector(unit, views).catchUp(store, true, _ -> false));

        var kept = views.kept(1, store.id());
        var expected = new Told(1, unit, false).of(store, all);
        assertThat(kept.checkpoint()).isEqualTo(Checkpoint.at(all.getLast()));
        assertThat(kept.rows()).isEqualTo(expected.rows());
        assertThat(kept.parked().stream()
                        .map(Parked::at)
                        .map(at -> at.sequence().value())
                        .collect(Collectors.toSet()))
                .isEqualTo(expected.parked());
    }

    private Projector<String> projector(Unit unit, InMemoryViews views) {
        return new Projector<>(new Told(1, unit, false), views, log, 4);
    }

    /// Something that happens once, before the transaction after so many others.
    private static final class Moments implements InMemoryViews.Steps {
        private int left = -1;
        private Runnable work = () -> {};

        @Override
        public void step() {}

        @Override
        public void betweenTransactions() {
            if (left-- == 0) {
                work.run();
            }
        }
    }
}
