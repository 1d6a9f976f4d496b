package dev.hearth.sync.live;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// A log whose answers arrive a moment after the moment they speak of, as over a network.
final class SlowLog implements EventLog {
    private final EventLog log;
    private final Vertx vertx;

    SlowLog(EventLog log, Vertx vertx) {
        this.log = log;
        this.vertx = vertx;
    }

    long head(StoreId store) {
        return log.heads(List.of(store))
                .await()
                .atMost(Duration.ofSeconds(10))
                .getFirst()
                .head()
                .value();
    }

    private <T> Uni<T> late(Uni<T> answer) {
        return answer.flatMap(item -> Uni.createFrom()
                .emitter(later ->
                        vertx.setTimer(1 + ThreadLocalRandom.current().nextInt(4), _ -> later.complete(item))));
    }

    @Override
    public Uni<OpenResult> open(Caller caller, NewStore store) {
        return log.open(caller, store);
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreName name) {
        return late(log.find(caller, name));
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreId id) {
        return late(log.find(caller, id));
    }

    @Override
    public Uni<List<Store>> list(Caller caller, Optional<StoreId> after, int limit) {
        return late(log.list(caller, after, limit));
    }

    @Override
    public Uni<AppendResult> append(Caller caller, Append append) {
        return late(log.append(caller, append));
    }

    @Override
    public Uni<ReadResult> read(Caller caller, Read read) {
        return late(log.read(caller, read));
    }

    @Override
    public Uni<Optional<Store>> reset(Caller caller, StoreId id, Generation current) {
        return late(log.reset(caller, id, current));
    }

    @Override
    public Uni<Long> raiseFence(UUID vault, long epoch) {
        return late(log.raiseFence(vault, epoch));
    }

    @Override
    public Uni<List<Head>> heads(Collection<StoreId> stores) {
        return late(log.heads(stores));
    }

    @Override
    public Uni<List<Store>> describe(Collection<StoreId> stores) {
        return late(log.describe(stores));
    }

    @Override
    public Uni<Set<StoreId>> closed(Collection<StoreId> stores) {
        return late(log.closed(stores));
    }

    @Override
    public Uni<List<Store>> all(Optional<StoreId> after, int limit) {
        return late(log.all(after, limit));
    }
}
