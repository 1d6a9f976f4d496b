package dev.hearth.projection.fold;

import dev.hearth.contracts.StreamId;
import dev.hearth.projection.fold.View.Unit;

/// Names a row of a view within its store: a stream, or nothing where the store has one row.
public record RowKey(String value) {
    public static final RowKey OF_STORE = new RowKey("");

    public static RowKey of(Unit unit, StreamId stream) {
        return switch (unit) {
            case STORE -> OF_STORE;
            case STREAM -> new RowKey(stream.value());
        };
    }
}
