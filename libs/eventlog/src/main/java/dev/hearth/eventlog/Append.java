package dev.hearth.eventlog;

import dev.hearth.contracts.StoreId;
import java.util.List;
import java.util.Optional;

/// Events for one store, in order, all or none.
public record Append(StoreId store, Expectation expectation, List<NewEvent> events, Optional<Unlocked> unlocked) {
    public Append {
        events = List.copyOf(events);
    }

    public Append(StoreId store, Expectation expectation, List<NewEvent> events) {
        this(store, expectation, events, Optional.empty());
    }
}
