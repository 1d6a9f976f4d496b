package dev.hearth.eventlog;

/// What came of opening a store.
public sealed interface OpenResult {
    record Opened(Store store, boolean created) implements OpenResult {}

    /// The owner is none of the caller's principals.
    record NotTheOwner() implements OpenResult {}

    record TooManyStores(int limit) implements OpenResult {}
}
