package dev.hearth.projection.view;

import dev.hearth.eventlog.Event;
import dev.hearth.projection.fold.Build;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Fold;
import dev.hearth.projection.fold.Folded;
import dev.hearth.projection.fold.RowKey;
import dev.hearth.projection.fold.Standing;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import dev.hearth.projection.view.Shelf.Opened;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/// Folds events of stores that are open into one build, and writes what came of it: for all of them together,
/// one reading of rows and one writing.
final class Folding<R> {
    private final View<R> view;
    private final LongAdder folded = new LongAdder();

    Folding(View<R> view) {
        this.view = view;
    }

    /// What is to be folded into one store: events that follow each other.
    record Due(Standing standing, List<Event> events) {
        private Due unknown() {
            return new Due(
                    standing,
                    events.stream()
                            .filter(event -> !standing.checkpoint().reaches(Checkpoint.at(event)))
                            .toList());
        }
    }

    /// Events folded since the start.
    long folded() {
        return folded.sum();
    }

    Uni<Map<StoreFacts, Folded<R>>> fold(Opened<R> opened, Build build, Map<StoreFacts, Due> all) {
        var dues = new LinkedHashMap<StoreFacts, Due>();
        var keys = new HashMap<StoreFacts, Set<RowKey>>();
        all.forEach((store, given) -> {
            var due = given.unknown();
            dues.put(store, due);
            if (!due.events().isEmpty()) {
                keys.put(store, Fold.keys(view, due.events()));
            }
        });
        var known =
                keys.isEmpty() ? Uni.createFrom().item(Map.<StoreFacts, Map<RowKey, R>>of()) : opened.rows(build, keys);
        return known.map(rows -> fold(dues, rows)).flatMap(results -> save(opened, build, dues, results));
    }

    private Map<StoreFacts, Folded<R>> fold(Map<StoreFacts, Due> dues, Map<StoreFacts, Map<RowKey, R>> rows) {
        var results = new LinkedHashMap<StoreFacts, Folded<R>>();
        dues.forEach((store, due) -> results.put(
                store, Fold.of(view, store, due.standing(), rows.getOrDefault(store, Map.of()), due.events())));
        return results;
    }

    /// Leaves one event out, which cannot be written for this reason.
    Uni<Folded<R>> park(Opened<R> opened, StoreFacts store, Standing standing, Event event, Throwable reason) {
        return save(
                opened, store, new Due(standing, List.of(event)), Fold.parking(view, store, standing, event, reason));
    }

    /// Begins the store's new generation.
    Uni<Folded<R>> empty(Opened<R> opened, StoreFacts store, Standing standing, Checkpoint start) {
        return save(opened, store, new Due(standing, List.of()), Folded.emptied(start));
    }

    private Uni<Folded<R>> save(Opened<R> opened, StoreFacts store, Due due, Folded<R> result) {
        return save(opened, due.standing().build(), Map.of(store, due), Map.of(store, result))
                .replaceWith(result);
    }

    private Uni<Map<StoreFacts, Folded<R>>> save(
            Opened<R> opened, Build build, Map<StoreFacts, Due> dues, Map<StoreFacts, Folded<R>> results) {
        var changes = new LinkedHashMap<>(results);
        changes.values().removeIf(Folded::changesNothing);
        if (changes.isEmpty()) {
            return Uni.createFrom().item(results);
        }
        return opened.save(build, changes)
                .invoke(() -> changes.forEach((store, result) -> {
                    folded.add(result.events());
                    new FoldLines(view.name(), store, build).say(dues.get(store).events(), result);
                }))
                .replaceWith(results);
    }
}
