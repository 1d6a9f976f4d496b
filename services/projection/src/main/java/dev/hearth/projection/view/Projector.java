package dev.hearth.projection.view;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Sequence;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.projection.fold.Build;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Standing;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import dev.hearth.projection.view.Folding.Due;
import dev.hearth.projection.view.Shelf.Opened;
import dev.hearth.projection.view.Shelf.OpenedStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/// Brings events into one view, from Kafka or from the log. Whatever it does may run twice, at once, and end
/// between any two steps: rows and checkpoint move together, and the store is locked meanwhile.
public final class Projector<R> {
    private final Shelf<R> shelf;
    private final EventLog log;
    private final int pageEvents;
    private final Folding<R> folding;

    public Projector(View<R> view, Shelf<R> shelf, EventLog log, int pageEvents) {
        this.shelf = shelf;
        this.log = log;
        this.pageEvents = pageEvents;
        this.folding = new Folding<>(view);
    }

    /// Where a catch-up has come to; empty when there is no such build.
    private record Step(Optional<Checkpoint> checkpoint, boolean more) {}

    /// Events folded since the start.
    public long folded() {
        return folding.folded();
    }

    /// Applies events of these stores, which follow each other in each, in one transaction. When the live build misses
    /// what comes before, that is read from the log. A build that is being made only takes what is next: its sweep
    /// brings the rest.
    public Uni<Void> apply(Map<StoreFacts, List<Event>> runs) {
        return shelf.onStores(runs.keySet(), opened -> foldIntoAll(opened, runs))
                .onFailure(Unstorable.class)
                .recoverWithUni(refused -> applyInParts(runs, refused).replaceWith(Set.of()))
                .flatMap(missing -> each(missing, store -> fill(store, last(runs.get(store)))));
    }

    private static <T> Uni<Void> each(Set<T> all, Function<T, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /// Store by store, and then half by half, until the one event is found.
    private Uni<Void> applyInParts(Map<StoreFacts, List<Event>> runs, Throwable refused) {
        if (runs.size() > 1) {
            return each(runs.entrySet(), run -> apply(Map.of(run.getKey(), run.getValue())));
        }
        var only = runs.entrySet().iterator().next();
        return applyInParts(only.getKey(), only.getValue(), refused);
    }

    private Uni<Void> applyInParts(StoreFacts store, List<Event> run, Throwable refused) {
        if (run.size() == 1) {
            return shelf.onStore(store, opened -> parkInAll(opened, run.getFirst(), refused))
                    .flatMap(missing ->
                            missing ? fill(store, last(run)) : Uni.createFrom().voidItem());
        }
        int half = run.size() / 2;
        return apply(Map.of(store, run.subList(0, half)))
                .flatMap(_ -> apply(Map.of(store, run.subList(half, run.size()))));
    }

    /// The stores in which the live build misses something.
    private Uni<Set<StoreFacts>> foldIntoAll(Opened<R> opened, Map<StoreFacts, List<Event>> runs) {
        var missing = new HashSet<StoreFacts>();
        return Multi.createFrom()
                .iterable(byBuild(opened, runs).entrySet())
                .onItem()
                .transformToUniAndConcatenate(build -> folding.fold(opened, build.getKey(), build.getValue())
                        .invoke(results -> results.forEach((store, result) -> {
                            if (result.missing() && build.getKey().live()) {
                                missing.add(store);
                            }
                        })))
                .collect()
                .last()
                .replaceWith(missing);
    }

    private Map<Build, Map<StoreFacts, Due>> byBuild(Opened<R> opened, Map<StoreFacts, List<Event>> runs) {
        var builds = new LinkedHashMap<Build, Map<StoreFacts, Due>>();
        runs.forEach((store, run) -> opened.standings(store)
                .forEach(standing -> builds.computeIfAbsent(standing.build(), _ -> new LinkedHashMap<>())
                        .put(store, new Due(standing, run))));
        return builds;
    }

    /// Whether the live build misses something.
    private Uni<Boolean> parkInAll(OpenedStore<R> opened, Event event, Throwable refused) {
        return Multi.createFrom()
                .iterable(opened.standings())
                .onItem()
                .transformToUniAndConcatenate(standing -> folding.park(
                                opened.opened(), opened.store(), standing, event, refused)
                        .map(result -> result.missing() && standing.build().live()))
                .collect()
                .asList()
                .map(missing -> missing.contains(true));
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
                                    return foldPage(opened, standing, limit, Optional.empty());
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
                                ? foldPage(opened, standing, 1, Optional.of(refusal.reason()))
                                : Uni.createFrom().item(new Step(Optional.of(standing.checkpoint()), true)))
                        .orElseGet(Projector::nothing));
    }

    private static Uni<Step> nothing() {
        return Uni.createFrom().item(new Step(Optional.empty(), false));
    }

    /// Read while the store is locked: whoever hears of a later event finds it folded up to there, or waits.
    private Uni<Step> foldPage(OpenedStore<R> opened, Standing standing, int limit, Optional<Throwable> refused) {
        var store = opened.store();
        return log.read(owner(store), page(store, standing.checkpoint(), limit)).flatMap(result -> switch (result) {
            case ReadResult.UnknownStore() -> throw new LogBehind(store.id());
            case ReadResult.GenerationChanged(Store now) -> empty(opened, standing, now);
            case ReadResult.Page(var _, List<Event> events, boolean more) -> {
                var done = refused.isPresent() && !events.isEmpty()
                        ? folding.park(opened.opened(), store, standing, events.getFirst(), refused.get())
                        : folding.fold(opened.opened(), standing.build(), Map.of(store, new Due(standing, events)))
                                .map(results -> results.get(store));
                yield done.map(saved -> new Step(Optional.of(saved.checkpoint()), more));
            }
        });
    }

    private Uni<Step> empty(OpenedStore<R> opened, Standing standing, Store now) {
        var start = new Checkpoint(now.generation(), Sequence.ZERO);
        if (standing.checkpoint().reaches(start)) {
            throw new LogBehind(now.id());
        }
        return folding.empty(opened.opened(), opened.store(), standing, start)
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
