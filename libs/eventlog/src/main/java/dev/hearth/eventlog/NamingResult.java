package dev.hearth.eventlog;

/// What came of giving a store a name.
public sealed interface NamingResult {
    record Named(Store store) implements NamingResult {}

    /// The caller reaches no such store.
    record UnknownStore() implements NamingResult {}

    /// The store is another face's, whose clients could make nothing of it.
    record OtherFace(String face) implements NamingResult {}

    /// One of the caller's own stores has it.
    record NameTaken() implements NamingResult {}

    record TooManyNames(int limit) implements NamingResult {}
}
