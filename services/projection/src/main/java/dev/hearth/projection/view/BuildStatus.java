package dev.hearth.projection.view;

import dev.hearth.contracts.StoreId;
import java.time.Instant;
import java.util.Optional;

/// A build as it is known to all processes.
public record BuildStatus(
        int number,
        int version,
        boolean live,
        Optional<StoreId> sweptTo,
        Swept swept,
        Optional<Swept> of,
        Instant startedAt,
        Optional<Instant> liveAt) {

    /// Stores, and events in them.
    public record Swept(long stores, long events) {
        public static final Swept NOTHING = new Swept(0, 0);

        public Swept plus(long moreStores, long moreEvents) {
            return new Swept(stores + moreStores, events + moreEvents);
        }
    }

    /// From 0 to 1. What is appended meanwhile comes on top, so it may stay at 1 for a while.
    public double progress() {
        if (live) {
            return 1;
        }
        return of.map(all -> all.events() == 0 ? 1.0 : Math.min(1.0, (double) swept.events() / all.events()))
                .orElse(0.0);
    }
}
