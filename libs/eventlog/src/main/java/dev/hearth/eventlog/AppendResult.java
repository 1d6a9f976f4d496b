package dev.hearth.eventlog;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import java.util.List;

/// What came of an append.
public sealed interface AppendResult {
    /// The events stand in the log, each where `assigned` says, in the order they were given.
    record Appended(Generation generation, Sequence head, Alias headAlias, List<Assigned> assigned)
            implements AppendResult {}

    /// The store is not where the writer believed; nothing was appended.
    record WrongHead(Generation generation, Sequence head, Alias headAlias) implements AppendResult {}

    /// The stream is not where the writer believed; nothing was appended. Revision 0: there is no such stream.
    record WrongRevision(Generation generation, Sequence head, Revision actual) implements AppendResult {}

    /// An event's alias is not above the one before it.
    record AliasNotAscending(EventId event, Alias previous) implements AppendResult {}

    record UnknownStore() implements AppendResult {}

    /// The vault was locked after the writer saw it unlocked.
    record Locked(long epoch) implements AppendResult {}

    /// Over a limit of the log's configuration; nothing was appended.
    record OverLimit(Limit limit, long allowed, long actual) implements AppendResult {
        public enum Limit {
            EVENTS_PER_APPEND,
            EVENT_BYTES,
            APPEND_BYTES
        }
    }

    /// `known`: it stood there before this append. `differs`: it was known with another payload, whose first bytes
    /// stand.
    record Assigned(EventId event, Sequence sequence, boolean known, boolean differs) {}
}
