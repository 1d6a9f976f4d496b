package dev.hearth.sync.live;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// A log that counts what is asked of it, and can be away.
final class WatchedLog implements EventLog {
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger polls = new AtomicInteger();
    volatile boolean away;

    private final EventLog log;

    WatchedLog(EventLog log) {
        this.log = log;
    }

    private <T> Uni<T> unlessAway(Uni<T> answer) {
        return away
                ? Uni.createFrom().failure(new EventLogUnavailable("away", new IllegalStateException("test")))
                : answer;
    }

    @Override
    public Uni<OpenResult> open(Caller caller, NewStore store) {
        return unlessAway(log.open(caller, store));
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreName name) {
        return unlessAway(log.find(caller, name));
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreId id) {
        return unlessAway(log.find(caller, id));
    }

    @Override
    public Uni<List<Store>> list(Caller caller, Optional<StoreId> after, int limit) {
        return unlessAway(log.list(caller, after, limit));
    }

    @Override
    public Uni<AppendResult> append(Caller caller, Append append) {
        return unlessAway(log.append(caller, append));
    }

    @Override
    public Uni<ReadResult> read(Caller caller, Read read) {
        reads.incrementAndGet();
        return unlessAway(log.read(caller, read));
    }

    @Override
    public Uni<Optional<Store>> reset(Caller caller, StoreId id, Generation current) {
        return unlessAway(log.reset(caller, id, current));
    }

    @Override
    public Uni<Long> raiseFence(UUID vault, long epoch) {
        return unlessAway(log.raiseFence(vault, epoch));
    }

    @Override
    public Uni<List<Head>> heads(Collection<StoreId> stores) {
        polls.incrementAndGet();
        return unlessAway(log.heads(stores));
    }

    @Override
    public Uni<List<Store>> describe(Collection<StoreId> stores) {
        return unlessAway(log.describe(stores));
    }

    @Override
    public Uni<Set<StoreId>> closed(Collection<StoreId> stores) {
        return unlessAway(log.closed(stores));
    }

    @Override
    public Uni<List<Store>> all(Optional<StoreId> after, int limit) {
        return unlessAway(log.all(after, limit));
    }
}
