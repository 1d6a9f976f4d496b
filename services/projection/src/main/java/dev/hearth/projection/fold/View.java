package dev.hearth.projection.fold;

import dev.hearth.eventlog.Event;

/// What a view makes of events: a pure function, called with each event of a store once and in order. `R` is
/// one of its rows, an immutable value with an `equals`.
///
/// It knows no clock, no table and no other store, so that any rebuild gives the same rows. What it cannot fold
/// it throws; the event is then parked, with those that follow in its stream.
public interface View<R> {
    ViewName name();

    /// Grows when the same events give other rows: then the view is built anew, beside the one that answers.
    int version();

    /// What one row is made of.
    Unit unit();

    /// A row before its first event.
    R start(StoreFacts store);

    R fold(R row, Event event);

    enum Unit {
        STORE,
        STREAM
    }
}
