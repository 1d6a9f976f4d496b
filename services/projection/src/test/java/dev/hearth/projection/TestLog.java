package dev.hearth.projection;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
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
import dev.hearth.eventlog.StoreErasure;
import dev.hearth.eventlog.StoreName;
import dev.hearth.testkit.InMemoryEventLog;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// A log in memory that can be away for those who read it, now or after some more calls.
public final class TestLog implements EventLog {
    private final EventLog log;
    private final AtomicLong callsLeft = new AtomicLong(Long.MAX_VALUE);

    public TestLog() {
        this(new InMemoryEventLog());
    }

    /// Another way to the same log.
    public TestLog(EventLog log) {
        this.log = log;
    }

    /// Closes all that somebody has.
    public void erase(Principal owner) {
        ((StoreErasure) log).erase(owner).await().indefinitely();
    }

    public void leave() {
        leaveAfter(0);
    }

    public void leaveAfter(long calls) {
        callsLeft.set(calls);
    }

    public void comeBack() {
        callsLeft.set(Long.MAX_VALUE);
    }

    private <T> Uni<T> unlessAway(Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .deferred(() -> callsLeft.getAndDecrement() > 0
                        ? call.get()
                        : Uni.createFrom().failure(new EventLogUnavailable("the log is away", null)));
    }

    @Override
    public Uni<OpenResult> open(Caller caller, NewStore store) {
        return log.open(caller, store);
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreName name) {
        return unlessAway(() -> log.find(caller, name));
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreId id) {
        return unlessAway(() -> log.find(caller, id));
    }

    @Override
    public Uni<List<Store>> list(Caller caller, Optional<StoreId> after, int limit) {
        return unlessAway(() -> log.list(caller, after, limit));
    }

    @Override
    public Uni<AppendResult> append(Caller caller, Append append) {
        return log.append(caller, append);
    }

    @Override
    public Uni<ReadResult> read(Caller caller, Read read) {
        return unlessAway(() -> log.read(caller, read));
    }

    @Override
    public Uni<Optional<Store>> reset(Caller caller, StoreId id, Generation current) {
        return log.reset(caller, id, current);
    }

    @Override
    public Uni<Long> raiseFence(UUID vault, long epoch) {
        return log.raiseFence(vault, epoch);
    }

    @Override
    public Uni<List<Head>> heads(Collection<StoreId> stores) {
        return unlessAway(() -> log.heads(stores));
    }

    @Override
    public Uni<List<Store>> describe(Collection<StoreId> stores) {
        return unlessAway(() -> log.describe(stores));
    }

    @Override
    public Uni<Set<StoreId>> closed(Collection<StoreId> stores) {
        return unlessAway(() -> log.closed(stores));
    }

    @Override
    public Uni<List<Store>> all(Optional<StoreId> after, int limit) {
        return unlessAway(() -> log.all(after, limit));
    }
}
