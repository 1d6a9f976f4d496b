package dev.hearth.projection.usage;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.StoreName;
import dev.hearth.projection.fold.RowKey;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import dev.hearth.projection.view.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/// The table `usage`.
@ApplicationScoped
public class UsageRows implements Rows<Usage> {
    private static final String READ = """
            select store, owner, face, client_id, kind, private, generation, events, bytes, first_at, last_at
            from usage where build = $1 and store = any ($2)
            """;
    private static final String WRITE = """
            insert into usage as u (build, store, owner, face, client_id, kind, private, generation, events, bytes,
                                    first_at, last_at)
            select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[],
                                     $8::bigint[], $9::bigint[], $10::bigint[], $11::timestamptz[],
                                     $12::timestamptz[])
            on conflict (build, store) do update
            set generation = excluded.generation, events = excluded.events, bytes = excluded.bytes,
                first_at = excluded.first_at, last_at = excluded.last_at
            """;

    private final UsageView view = new UsageView();

    @Override
    public View<Usage> view() {
        return view;
    }

    @Override
    public Uni<Map<StoreId, Map<RowKey, Usage>>> read(SqlConnection tx, int build, Map<StoreId, Set<RowKey>> keys) {
        var stores = keys.keySet().stream().map(StoreId::value).toArray(UUID[]::new);
        return tx.preparedQuery(READ).execute(Tuple.of(build, stores)).map(rows -> {
            var found = new HashMap<StoreId, Map<RowKey, Usage>>();
            rows.forEach(row -> {
                var usage = usage(row);
                found.put(usage.store().id(), Map.of(RowKey.OF_STORE, usage));
            });
            return found;
        });
    }

    static Usage usage(Row row) {
        var store = new StoreFacts(
                new StoreId(row.getUUID("store")),
                Principal.parse(row.getString("owner")),
                new StoreName(row.getString("face"), row.getString("client_id")),
                row.getString("kind"),
                row.getBoolean("private"));
        return new Usage(
                store,
                new Generation(row.getLong("generation")),
                row.getLong("events"),
                row.getLong("bytes"),
                row.getOffsetDateTime("first_at").toInstant(),
                row.getOffsetDateTime("last_at").toInstant());
    }

    @Override
    public Uni<Void> write(SqlConnection tx, int build, Map<StoreFacts, Map<RowKey, Usage>> rows) {
        var stores = List.copyOf(rows.keySet());
        var usages = stores.stream()
                .map(store -> rows.get(store).get(RowKey.OF_STORE))
                .toList();
        var values = Tuple.tuple()
                .addInteger(build)
                .addValue(column(UUID[]::new, stores, store -> store.id().value()))
                .addValue(column(String[]::new, stores, store -> store.owner().toString()))
                .addValue(column(String[]::new, stores, store -> store.name().face()))
                .addValue(column(String[]::new, stores, store -> store.name().clientId()))
                .addValue(column(String[]::new, stores, StoreFacts::kind))
                .addValue(column(Boolean[]::new, stores, StoreFacts::isPrivate))
                .addValue(
                        column(Long[]::new, usages, usage -> usage.generation().value()))
                .addValue(column(Long[]::new, usages, Usage::events))
                .addValue(column(Long[]::new, usages, Usage::bytes))
                .addValue(column(OffsetDateTime[]::new, usages, usage -> utc(usage.firstActivity())))
                .addValue(column(OffsetDateTime[]::new, usages, usage -> utc(usage.lastActivity())));
        return tx.preparedQuery(WRITE).execute(values).replaceWithVoid();
    }

    private static <T, V> V[] column(IntFunction<V[]> array, List<T> all, Function<T, V> value) {
        return all.stream().map(value).toArray(array);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Override
    public Uni<Void> remove(SqlConnection tx, int build, StoreId store, RowKey key) {
        return removeAll(tx, build, store);
    }

    @Override
    public Uni<Void> removeAll(SqlConnection tx, int build, StoreId store) {
        return tx.preparedQuery("delete from usage where build = $1 and store = $2")
                .execute(Tuple.of(build, store.value()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Integer> dropBuild(SqlConnection tx, int build, int limit) {
        return tx.preparedQuery("select drop_usage($1, $2)")
                .execute(Tuple.of(build, limit))
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
