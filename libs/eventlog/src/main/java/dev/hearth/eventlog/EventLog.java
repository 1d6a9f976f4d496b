package dev.hearth.eventlog;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The log of events, looked up under its caller: another owner's store does not exist.
///
/// A `Uni` fails only when the log cannot answer (`EventLogUnavailable`); every expected outcome is a value. Why a port
/// and not a topic: `docs/adr/0003-appends-are-answered-by-postgres-not-kafka.md`.
public interface EventLog {

    /// Finds the caller's store of that name, or creates it. Running it twice, or twice at once, gives one store.
    Uni<OpenResult> open(Caller caller, NewStore store);

    Uni<Optional<Store>> find(Caller caller, StoreName name);

    Uni<Optional<Store>> find(Caller caller, StoreId id);

    /// The caller's stores ordered by id, after `after`.
    Uni<List<Store>> list(Caller caller, Optional<StoreId> after, int limit);

    /// Adds events to one store, all or none, in one commit. A known event id answers as it did the first time.
    Uni<AppendResult> append(Caller caller, Append append);

    /// Reads a page of a store or of one of its streams.
    Uni<ReadResult> read(Caller caller, Read read);

    /// Starts a new generation: an empty history under the same store. The old one stays until the eraser takes it.
    /// Empty when the caller has no such store; otherwise the store as it is now. Of two calls that name the same
    /// generation only the first has an effect.
    Uni<Optional<Store>> reset(Caller caller, StoreId id, Generation current);

    /// Locks a vault out: once this answers, no append that saw the vault unlocked before `epoch` commits. A fence only
    /// rises; the answer is the epoch in force. Vaults without a fence take no private appends (`Locked`).
    Uni<Long> raiseFence(UUID vault, long epoch);

    /// Where these stores end now; stores that do not exist are left out. For waiters that were let in already.
    Uni<List<Head>> heads(Collection<StoreId> stores);

    /// These stores, whoever owns them; those that do not exist are left out. For services that keep a copy of the log,
    /// never for a request.
    Uni<List<Store>> describe(Collection<StoreId> stores);

    /// Those of these stores that were closed for good, as their owner is gone. For services that keep a copy.
    Uni<Set<StoreId>> closed(Collection<StoreId> stores);

    /// The stores of all owners ordered by id, after `after`. For services that keep a copy of the log, never for a
    /// request.
    Uni<List<Store>> all(Optional<StoreId> after, int limit);
}
