package dev.hearth.eventlog;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StreamId;

/// What a writer believes before it appends. Events at the front of the append that are known already, and stand right
/// after the expected place, move the expectation on: a retry that grew is still a retry.
public sealed interface Expectation {
    record Any() implements Expectation {}

    record AtHead(Sequence head) implements Expectation {}

    /// The head's alias is this one (0: the store is empty).
    record AtAlias(Alias alias) implements Expectation {}

    record NoStream(StreamId stream) implements Expectation {}

    record StreamExists(StreamId stream) implements Expectation {}

    record AtRevision(StreamId stream, Revision revision) implements Expectation {}

    static Expectation any() {
        return new Any();
    }
}
