package dev.hearth.eventstore.log;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.EventLines;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.GivenName;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.NamingResult;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.eventlog.StoreNames;
import dev.hearth.eventstore.EventStoreConfig;
import dev.hearth.postgres.Database;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The log in Postgres. Each call is one database function, one round trip and one transaction; the reasons are in
/// `docs/adr/0001-one-append-is-one-function.md`. Others get it as `LogForCallers` makes it.
@ApplicationScoped
@Typed(PostgresEventLog.class)
public class PostgresEventLog implements EventLog, StoreNames {
    private final Database database;
    /// With the role that may read all stores: for those who keep copies of the log, as the relay does.
    private final Database copying;
    private final EventStoreConfig config;
    private final AppendLimits limits;
    private final AppendedNotices notices;
    private final AppendMetrics metrics;
    private final GroupedAppends grouped = new GroupedAppends(this::together, this::alone);

    PostgresEventLog(
            @ReactiveDataSource("event-store") Pool pool,
            @ReactiveDataSource("event-store-relay") Pool copying,
            EventStoreConfig config,
            AppendedNotices notices,
            AppendMetrics metrics) {
        this.database = new Database(pool);
        this.copying = new Database(copying);
        this.config = config;
        this.limits = new AppendLimits(config);
        this.notices = notices;
        this.metrics = metrics;
    }

    @Override
    public Uni<OpenResult> open(Caller caller, NewStore store) {
        if (!caller.principals().contains(store.owner())) {
            return Uni.createFrom().item(new OpenResult.NotTheOwner());
        }
        return answered(database.call(StoreRows.OPEN, StoreRows.open(caller, store, config.maxStoresPerOwner()))
                .map(rows -> StoreRows.opened(rows, config.maxStoresPerOwner())));
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreName name) {
        return answered(
                database.call(StoreRows.FIND, StoreRows.byName(caller, name)).map(StoreRows::first));
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreId id) {
        return answered(
                database.call(StoreRows.FIND, StoreRows.byId(caller, id)).map(StoreRows::first));
    }

    @Override
    public Uni<List<Store>> list(Caller caller, Optional<StoreId> after, int limit) {
        return answered(database.call(StoreRows.FIND, StoreRows.after(caller, after, limit))
                .map(StoreRows::all));
    }

    @Override
    public Uni<AppendResult> append(Caller caller, Append append) {
        var overLimit = limits.check(append);
        if (overLimit.isPresent()) {
            return Uni.createFrom().item(overLimit.get());
        }
        return metrics.measured(ManyRows.takes(append) ? grouped.append(caller, append) : alone(caller, append))
                .invoke(result -> EventLines.say("appended", "event-store", append, result));
    }

    private Uni<AppendResult> alone(Caller caller, Append append) {
        return answered(database.call(AppendRow.APPEND, AppendRow.of(caller, append))
                .map(rows -> AppendRow.result(rows.iterator().next(), append))
                .invoke(result -> tell(append.store(), result)));
    }

    private Uni<List<Optional<Appended>>> together(Caller caller, List<Append> appends) {
        return database.call(ManyRows.APPEND_MANY, ManyRows.of(caller, appends)).map(rows -> {
            rows.forEach(row -> notices.appended(new StoreId(row.getUUID("store"))));
            return ManyRows.results(rows, appends);
        });
    }

    @Override
    public Uni<ReadResult> read(Caller caller, Read read) {
        int limit = Math.min(read.limit(), config.maxEventsPerPage());
        return answered(database.call(PageRows.READ, PageRows.of(caller, read, limit))
                .map(rows -> PageRows.result(rows, read, limit)));
    }

    @Override
    public Uni<Optional<Store>> reset(Caller caller, StoreId id, Generation current) {
        return answered(database.call(StoreRows.RESET, StoreRows.reset(caller, id, current))
                .map(StoreRows::first)
                .invoke(store -> store.ifPresent(changed -> notices.appended(changed.id()))));
    }

    @Override
    public Uni<NamingResult> name(Caller caller, StoreName name, StoreId store) {
        int most = config.maxStoresPerOwner();
        return answered(database.call(AliasRows.NAME, AliasRows.name(caller, name, store, most))
                .map(rows -> AliasRows.result(rows, most)));
    }

    @Override
    public Uni<Optional<StoreId>> named(Caller caller, StoreName name) {
        return answered(
                database.call(AliasRows.NAMED, AliasRows.ofUser(caller, name)).map(AliasRows::store));
    }

    @Override
    public Uni<List<GivenName>> given(Caller caller) {
        return answered(database.call(AliasRows.GIVEN, AliasRows.ofUser(caller)).map(AliasRows::given));
    }

    @Override
    public Uni<Boolean> forget(Caller caller, StoreName name) {
        return answered(
                database.call(AliasRows.FORGET, AliasRows.ofUser(caller, name)).map(AliasRows::forgotten));
    }

    @Override
    public Uni<Long> raiseFence(UUID vault, long epoch) {
        return answered(database.call(StoreRows.RAISE_FENCE, StoreRows.fence(vault, epoch))
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    @Override
    public Uni<List<Head>> heads(Collection<StoreId> stores) {
        return answered(database.call(StoreRows.HEADS, StoreRows.ids(stores)).map(StoreRows::heads));
    }

    @Override
    public Uni<List<Store>> describe(Collection<StoreId> stores) {
        return answered(copying.call(StoreRows.DESCRIBE, StoreRows.ids(stores)).map(StoreRows::all));
    }

    @Override
    public Uni<Set<StoreId>> closed(Collection<StoreId> stores) {
        return answered(copying.call(StoreRows.CLOSED, StoreRows.ids(stores)).map(StoreRows::closed));
    }

    @Override
    public Uni<List<Store>> all(Optional<StoreId> after, int limit) {
        return answered(
                copying.call(StoreRows.ALL, StoreRows.allAfter(after, limit)).map(StoreRows::all));
    }

    private void tell(StoreId store, AppendResult result) {
        if (result instanceof Appended appended && appended.assigned().stream().anyMatch(event -> !event.known())) {
            notices.appended(store);
        }
    }

    /// What went wrong with the database is no caller's business, except that nothing is known of the outcome. A
    /// statement that Postgres refused for its content (a defect of ours) is not dressed up as an outage.
    private static <T> Uni<T> answered(Uni<T> answer) {
        return answer.onFailure(PostgresEventLog::isOutage)
                .transform(failure -> new EventLogUnavailable("the database cannot answer", failure));
    }

    /// SQLSTATE classes 08 connection, 25 and 40 transaction state and rollback, 53 resources, 55 not available,
    /// 57 intervention, 58 system; or no answer from Postgres at all.
    private static boolean isOutage(Throwable failure) {
        if (failure instanceof PgException refused && refused.getSqlState() != null) {
            return switch (refused.getSqlState().substring(0, 2)) {
                case "08", "25", "40", "53", "55", "57", "58", "28", "3D" -> true;
                default -> false;
            };
        }
        return true;
    }
}
