package dev.hearth.eventlog;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import java.util.Optional;

/// A page to read: at most `limit` events of a store, or of one stream, strictly beyond the cursor in that direction.
/// The cursor is a sequence, for a stream a revision. A page ends early at `maxBytes` of payload, never before its
/// first event. Without `generation` the store's current one is read.
public record Read(
        StoreId store,
        Optional<Generation> generation,
        Optional<StreamId> stream,
        long cursor,
        Direction direction,
        int limit,
        int maxBytes) {
    public static final int DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

    public enum Direction {
        FORWARD,
        BACKWARD
    }

    public Read {
        if (cursor < 0) {
            throw new IllegalArgumentException("a cursor is never negative: " + cursor);
        }
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one event: " + limit);
        }
    }

    public static Read after(StoreId store, long cursor, int limit) {
        return new Read(store, Optional.empty(), Optional.empty(), cursor, Direction.FORWARD, limit, DEFAULT_MAX_BYTES);
    }
}
