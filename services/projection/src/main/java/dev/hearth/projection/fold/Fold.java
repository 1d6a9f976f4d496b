package dev.hearth.projection.fold;

import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules of a consumer, for one store in one build: at or below the checkpoint an event is skipped, the
/// next one is folded, beyond that it stops; a newer generation's first event voids what was before. What
/// cannot be folded is parked, and with it whatever follows in its stream.
public final class Fold<R> {
    private final View<R> view;
    private final StoreFacts store;
    private final Map<RowKey, R> known;
    private final Map<RowKey, R> changed = new HashMap<>();
    private final List<Parked> parked = new ArrayList<>();
    private final Set<StreamId> parkedStreams;
    private Checkpoint checkpoint;
    private boolean dropped;
    private int events;

    private Fold(View<R> view, StoreFacts store, Standing standing, Map<RowKey, R> rows) {
        this.view = view;
        this.store = store;
        this.known = new HashMap<>(rows);
        this.parkedStreams = new HashSet<>(standing.parked());
        this.checkpoint = standing.checkpoint();
    }

    /// The rows that these events may change: they have to be known before.
    public static Set<RowKey> keys(View<?> view, List<Event> events) {
        return events.stream()
                .map(event -> RowKey.of(view.unit(), event.stream()))
                .collect(Collectors.toSet());
    }

    /// `rows` are those of `keys(view, events)` that exist.
    public static <R> Folded<R> of(
            View<R> view, StoreFacts store, Standing standing, Map<RowKey, R> rows, List<Event> events) {
        var fold = new Fold<>(view, store, standing, rows);
        for (var event : events) {
            switch (fold.checkpoint.verdict(event)) {
                case KNOWN -> {}
                case NEXT -> fold.take(event);
                case NEXT_GENERATION -> {
                    fold.drop();
                    fold.take(event);
                }
                case BEYOND -> {
                    return fold.result(true);
                }
            }
        }
        return fold.result(false);
    }

    /// Parks one event that could be folded but not written.
    public static <R> Folded<R> parking(
            View<R> view, StoreFacts store, Standing standing, Event event, Throwable failure) {
        var fold = new Fold<>(view, store, standing, Map.of());
        var verdict = fold.checkpoint.verdict(event);
        switch (verdict) {
            case KNOWN -> {}
            case NEXT, NEXT_GENERATION -> {
                if (verdict == Checkpoint.Verdict.NEXT_GENERATION) {
                    fold.drop();
                }
                fold.move(event);
                fold.park(Parked.because(event, failure));
            }
            case BEYOND -> {
                return fold.result(true);
            }
        }
        return fold.result(false);
    }

    /// Begins to fold again what this standing has folded: of a stream or of the whole store, all from its
    /// first event.
    public static <R> Fold<R> anew(View<R> view, StoreFacts store, Standing standing) {
        return new Fold<>(view, store, new Standing(standing.build(), standing.checkpoint(), Set.of()), Map.of());
    }

    /// The next ones, in order. What is beyond the standing's checkpoint is left to come in its time.
    public void again(List<Event> next, Checkpoint upTo) {
        next.stream().filter(event -> upTo.reaches(Checkpoint.at(event))).forEach(this::take);
    }

    public Folded<R> result() {
        return result(false);
    }

    private void drop() {
        known.clear();
        changed.clear();
        parked.clear();
        parkedStreams.clear();
        dropped = true;
    }

    private void take(Event event) {
        move(event);
        if (parkedStreams.contains(event.stream())) {
            park(Parked.of(event, Parked.FOLLOWS));
            return;
        }
        var key = RowKey.of(view.unit(), event.stream());
        try {
            var row = known.containsKey(key) ? known.get(key) : view.start(store);
            var next = view.fold(row, event);
            known.put(key, next);
            changed.put(key, next);
        } catch (RuntimeException | StackOverflowError unfoldable) {
            // A pure function that fails, fails always.
            park(Parked.because(event, unfoldable));
        }
    }

    private void move(Event event) {
        checkpoint = Checkpoint.at(event);
        events++;
    }

    private void park(Parked event) {
        parkedStreams.add(event.stream());
        parked.add(event);
    }

    private Folded<R> result(boolean missing) {
        return new Folded<>(checkpoint, dropped, Map.copyOf(changed), List.copyOf(parked), events, missing);
    }
}
