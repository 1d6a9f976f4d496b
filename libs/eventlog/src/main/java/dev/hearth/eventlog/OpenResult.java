package dev.hearth.eventlog;

/// What came of opening a store.
public sealed interface OpenResult {
    record Opened(Store store, boolean created) implements OpenResult {}

    /// The owner is none of the caller's principals.
    record NotTheOwner() implements OpenResult {}

    /// The caller gave the name to a store that they do not reach any more.
    record NotReached() implements OpenResult {}

    record TooManyStores(int limit) implements OpenResult {}
}
