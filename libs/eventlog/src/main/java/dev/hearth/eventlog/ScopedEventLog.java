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

/// A log that gives callers no more than their credential does: an API token made for some stores finds no others, and
/// one that may only read has nothing to append to. Whoever asks the log is held to that, without a thought of it.
public final class ScopedEventLog implements EventLog, StoreNames {
    private final EventLog log;
    private final StoreNames names;

    public <L extends EventLog & StoreNames> ScopedEventLog(L log) {
        this.log = log;
        this.names = log;
    }

    @Override
    public Uni<OpenResult> open(Caller caller, NewStore store) {
        return caller.rights().mayOpen()
                ? log.open(caller, store)
                : find(caller, store.name())
                        .map(found -> found.filter(known -> known.owner().equals(store.owner()))
                                .<OpenResult>map(known -> new OpenResult.Opened(known, false))
                                .orElseGet(OpenResult.NotTheOwner::new));
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreName name) {
        return log.find(caller, name).map(found -> found.filter(store -> reaches(caller, store.id())));
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreId id) {
        return reaches(caller, id) ? log.find(caller, id) : Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<List<Store>> list(Caller caller, Optional<StoreId> after, int limit) {
        return caller.rights()
                .stores()
                .map(some -> Uni.join()
                        .all(some.stream()
                                // As text: UUID.compareTo takes the halves as signed numbers.
                                .map(StoreId::toString)
                                .filter(id -> after.isEmpty()
                                        || id.compareTo(after.get().toString()) > 0)
                                .sorted()
                                .map(id -> log.find(caller, StoreId.parse(id)))
                                .toList())
                        .andFailFast()
                        .map(found -> found.stream()
                                .flatMap(Optional::stream)
                                .limit(limit)
                                .toList()))
                .orElseGet(() -> log.list(caller, after, limit));
    }

    @Override
    public Uni<AppendResult> append(Caller caller, Append append) {
        return caller.rights().mayWrite(append.store())
                ? log.append(caller, append)
                : Uni.createFrom().item(new AppendResult.UnknownStore());
    }

    @Override
    public Uni<ReadResult> read(Caller caller, Read read) {
        return caller.rights().mayRead(read.store())
                ? log.read(caller, read)
                : Uni.createFrom().item(new ReadResult.UnknownStore());
    }

    @Override
    public Uni<Optional<Store>> reset(Caller caller, StoreId id, Generation current) {
        return caller.rights().mayWrite(id)
                ? log.reset(caller, id, current)
                : Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<Long> raiseFence(UUID vault, long epoch) {
        return log.raiseFence(vault, epoch);
    }

    @Override
    public Uni<List<Head>> heads(Collection<StoreId> stores) {
        return log.heads(stores);
    }

    @Override
    public Uni<List<Store>> describe(Collection<StoreId> stores) {
        return log.describe(stores);
    }

    @Override
    public Uni<Set<StoreId>> closed(Collection<StoreId> stores) {
        return log.closed(stores);
    }

    @Override
    public Uni<List<Store>> all(Optional<StoreId> after, int limit) {
        return log.all(after, limit);
    }

    /// A name is something new, as a store is.
    @Override
    public Uni<NamingResult> name(Caller caller, StoreName name, StoreId store) {
        return caller.rights().mayOpen()
                ? names.name(caller, name, store)
                : Uni.createFrom().item(new NamingResult.UnknownStore());
    }

    @Override
    public Uni<Optional<StoreId>> named(Caller caller, StoreName name) {
        return names.named(caller, name).map(found -> found.filter(store -> reaches(caller, store)));
    }

    @Override
    public Uni<List<GivenName>> given(Caller caller) {
        return names.given(caller)
                .map(given -> given.stream()
                        .filter(name -> reaches(caller, name.store()))
                        .toList());
    }

    @Override
    public Uni<Boolean> forget(Caller caller, StoreName name) {
        return caller.rights().mayOpen()
                ? names.forget(caller, name)
                : Uni.createFrom().item(false);
    }

    /// Somebody who may only write finds the store too: they could not write to it otherwise.
    private static boolean reaches(Caller caller, StoreId store) {
        return caller.rights().mayRead(store) || caller.rights().mayWrite(store);
    }
}
