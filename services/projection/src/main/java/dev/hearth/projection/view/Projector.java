package dev.hearth.projection.view;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Sequence;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Fold;
import dev.hearth.projection.fold.Folded;
import dev.hearth.projection.fold.Standing;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import dev.hearth.projection.view.Shelf.Opened;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;

/// Brings events into one view, from Kafka or from the log. Whatever it does may run twice, at once, and end
/// between any two steps: rows and checkpoint move together, and the store is locked meanwhile.
public final class Projector<R> {
    private final View<R> view;
    private final Shelf<R> shelf;
    private final EventLog log;
    private final int pageEvents;
    private final LongAdder folded = new LongAdder();

    public Projector(View<R> view, Shelf<R> shelf, EventLog log, int pageEvents) {
        this.view = view;
        this.shelf = shelf;
        this.log = log;
        this.pageEvents = pageEvents;
    }

    /// Where a catch-up has come to; empty when there is no such build.
    private record Step(Optional<Checkpoint> checkpoint, boolean more) {}

    /// Events folded since the start.
    public long folded() {
        return folded.sum();
    }

    /// Applies events of one store, which follow each other. When the live build misses what comes before, that
    /// is read from the log. A build that is being made only takes what is next: its sweep brings the rest.
    public Uni<Void> apply(StoreFacts store, List<Event> run) {
        return shelf.onStore(store, opened -> foldIntoAll(opened, store, run))
                .onFailure(Unstorable.class)
                .recoverWithUni(refused -> applyInParts(store, run, refused))
                .flatMap(missing ->
                        missing ? fill(store, last(run)) : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> applyInParts(StoreFacts store, List<Event> run, Throwable refused) {
        if (run.size() == 1) {
            return shelf.onStore(store, opened -> parkInAll(opened, store, run.getFirst(), refused));
        }
        int half = run.size() / 2;
        return apply(store, run.subList(0, half))
                .flatMap(_ -> apply(store, run.subList(half, run.size())))
                .replaceWith(false);
    }

    private Uni<Boolean> foldIntoAll(Opened<R> opened, StoreFacts store, List<Event> run) {
        return inEach(opened, standing -> fold(opened, store, standing, run));
    }

    private Uni<Boolean> parkInAll(Opened<R> opened, StoreFacts store, Event event, Throwable refused) {
        return inEach(
                opened,
                standing -> save(
                        opened, store, standing, List.of(event), Fold.parking(view, store, standing, event, refused)));
    }

    /// Whether the live build misses something.
    private Uni<Boolean> inEach(Opened<R> opened, Function<Standing, Uni<Folded<R>>> work) {
        return Multi.createFrom()
                .iterable(opened.standings())
                .onItem()
                .transformToUniAndConcatenate(standing -> work.apply(standing)
                        .map(result -> result.missing() && standing.build().live()))
                .collect()
                .asList()
                .map(missing -> missing.contains(true));
    }

    private Uni<Folded<R>> fold(Opened<R> opened, StoreFacts store, Standing standing, List<Event> events) {
        var unknown = events.stream()
                .filter(event -> !standing.checkpoint().reaches(Checkpoint.at(event)))
                .toList();
        if (unknown.isEmpty()) {
            return Uni.createFrom().item(Fold.of(view, store, standing, Map.of(), unknown));
        }
        return opened.rows(standing.build(), Fold.keys(view, unknown))
                .map(rows -> Fold.of(view, store, standing, rows, unknown))
                .flatMap(result -> save(opened, store, standing, unknown, result));
    }

    private Uni<Folded<R>> save(
            Opened<R> opened, StoreFacts store, Standing standing, List<Event> events, Folded<R> result) {
        if (result.changesNothing()) {
            return Uni.createFrom().item(result);
        }
        return opened.save(standing.build(), result)
                .invoke(() -> folded.add(result.events()))
                .invoke(() -> new FoldLines(view.name(), store, standing.build()).say(events, result))
                .replaceWith(result);
    }

    private static Checkpoint last(List<Event> run) {
        return run.stream().map(Checkpoint::at).max(Comparator.naturalOrder()).orElseThrow();
    }

    private Uni<Void> fill(StoreFacts store, Checkpoint wanted) {
        return catchUp(store, true, checkpoint -> checkpoint.reaches(wanted))
                .invoke(reached -> {
                    if (reached.isPresent() && !reached.get().reaches(wanted)) {
                        throw new LogBehind(store.id());
                    }
                })
                .replaceWithVoid();
    }

    /// Reads the log until the store's end, or until `enough`, and folds it into the live build or into the one
    /// that is being made; empty when there is no such build.
    public Uni<Optional<Checkpoint>> catchUp(StoreFacts store, boolean live, Predicate<Checkpoint> enough) {
        return Uni.createFrom()
                .deferred(() -> step(store, live, pageEvents))
                .repeat()
                .whilst(step ->
                        step.more() && !step.checkpoint().map(enough::test).orElse(true))
                .collect()
                .last()
                .map(Step::checkpoint);
    }

    /// The event after this checkpoint was folded, and its rows were refused.
    private record Refusal(Checkpoint after, Throwable reason) {}

    private Uni<Step> step(StoreFacts store, boolean live, int limit) {
        var tried = new AtomicReference<>(Checkpoint.START);
        return shelf.onStore(
                        store,
                        opened -> opened.standing(live)
                                .map(standing -> {
                                    tried.set(standing.checkpoint());
                                    return foldPage(opened, store, standing, limit, Optional.empty());
                                })
                                .orElseGet(Projector::nothing))
                .onFailure(Unstorable.class)
                .recoverWithUni(refused -> limit > 1
                        ? step(store, live, limit / 2)
                        : park(store, live, new Refusal(tried.get(), refused)));
    }

    /// Unless somebody else has been at the store since: then another event is next.
    private Uni<Step> park(StoreFacts store, boolean live, Refusal refusal) {
        return shelf.onStore(
                store,
                opened -> opened.standing(live)
                        .map(standing -> standing.checkpoint().equals(refusal.after())
                                ? foldPage(opened, store, standing, 1, Optional.of(refusal.reason()))
                                : Uni.createFrom().item(new Step(Optional.of(standing.checkpoint()), true)))
                        .orElseGet(Projector::nothing));
    }

    private static Uni<Step> nothing() {
        return Uni.createFrom().item(new Step(Optional.empty(), false));
    }

    /// Read while the store is locked: whoever hears of a later event finds it folded up to there, or waits.
    private Uni<Step> foldPage(
            Opened<R> opened, StoreFacts store, Standing standing, int limit, Optional<Throwable> refused) {
        return log.read(owner(store), page(store, standing.checkpoint(), limit)).flatMap(result -> switch (result) {
            case ReadResult.UnknownStore() -> throw new LogBehind(store.id());
            case ReadResult.GenerationChanged(Store now) -> empty(opened, store, standing, now);
            case ReadResult.Page(var _, List<Event> events, boolean more) -> {
                var done = refused.isPresent() && !events.isEmpty()
                        ? save(
                                opened,
                                store,
                                standing,
                                events,
                                Fold.parking(view, store, standing, events.getFirst(), refused.get()))
                        : fold(opened, store, standing, events);
                yield done.map(saved -> new Step(Optional.of(saved.checkpoint()), more));
            }
        });
    }

    private Uni<Step> empty(Opened<R> opened, StoreFacts store, Standing standing, Store now) {
        var start = new Checkpoint(now.generation(), Sequence.ZERO);
        if (standing.checkpoint().reaches(start)) {
            throw new LogBehind(now.id());
        }
        return save(opened, store, standing, List.of(), Folded.emptied(start))
                .map(_ -> new Step(Optional.of(start), true));
    }

    private static Read page(StoreFacts store, Checkpoint after, int limit) {
        return new Read(
                store.id(),
                Optional.of(after.generation()),
                Optional.empty(),
                after.sequence().value(),
                Direction.FORWARD,
                limit,
                Read.DEFAULT_MAX_BYTES);
    }

    /// Who a view works as, on a store: its owner, and nobody more.
    public static Caller owner(StoreFacts store) {
        return Caller.of(store.owner());
    }
}
