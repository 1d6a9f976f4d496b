package dev.hearth.eventlog;

import java.util.List;

/// What came of a read.
public sealed interface ReadResult {
    /// `store` is as it was when the page was read, in the same snapshot; `more` says that the page's direction goes
    // on.
    record Page(Store store, List<Event> events, boolean more) implements ReadResult {}

    record UnknownStore() implements ReadResult {}

    /// The generation asked for is not the store's current one.
    record GenerationChanged(Store store) implements ReadResult {}
}
