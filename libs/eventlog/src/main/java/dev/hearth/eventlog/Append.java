package dev.hearth.eventlog;

import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.Trace;
import java.util.List;
import java.util.Optional;

/// Events for one store, in order, all or none. `trace` is that of the request they came with, and is kept with them.
public record Append(
        StoreId store,
        Expectation expectation,
        List<NewEvent> events,
        Optional<Unlocked> unlocked,
        Optional<Trace> trace) {
    public Append {
        events = List.copyOf(events);
    }

    public Append(StoreId store, Expectation expectation, List<NewEvent> events) {
        this(store, expectation, events, Optional.empty(), Optional.empty());
    }

    public Append tracedBy(Optional<Trace> request) {
        return new Append(store, expectation, events, unlocked, request);
    }
}
