package dev.hearth.projection.fold;

import java.util.List;
import java.util.Map;

/// What is to be written, all or nothing: first the store's rows go if `dropped`, then `rows` are put, events
/// parked, and the checkpoint moves. `missing`: the fold stopped before an event whose predecessor it has not
/// seen.
public record Folded<R>(
        Checkpoint checkpoint, boolean dropped, Map<RowKey, R> rows, List<Parked> parked, int events, boolean missing) {

    /// Nothing is left of what was folded; the next event is the generation's first.
    public static <R> Folded<R> emptied(Checkpoint checkpoint) {
        return new Folded<>(checkpoint, true, Map.of(), List.of(), 0, false);
    }

    public boolean changesNothing() {
        return events == 0 && !dropped;
    }
}
