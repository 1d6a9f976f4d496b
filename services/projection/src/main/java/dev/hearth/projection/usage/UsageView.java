package dev.hearth.projection.usage;

import dev.hearth.contracts.Generation;
import dev.hearth.eventlog.Event;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import dev.hearth.projection.fold.ViewName;
import java.time.Instant;

/// Counts a store's events and the bytes of their payloads.
public final class UsageView implements View<Usage> {
    public static final ViewName NAME = new ViewName("usage");

    @Override
    public ViewName name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Unit unit() {
        return Unit.STORE;
    }

    @Override
    public Usage start(StoreFacts store) {
        return new Usage(store, Generation.FIRST, 0, 0, Instant.MAX, Instant.MIN);
    }

    @Override
    public Usage fold(Usage usage, Event event) {
        return new Usage(
                usage.store(),
                event.generation(),
                usage.events() + 1,
                usage.bytes() + event.payload().size(),
                earlier(usage.firstActivity(), event.recordedAt()),
                later(usage.lastActivity(), event.recordedAt()));
    }

    // The log's clock may have been set back between two events.
    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
