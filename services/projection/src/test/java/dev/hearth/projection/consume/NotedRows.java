package dev.hearth.projection.consume;

import dev.hearth.contracts.StoreId;
import dev.hearth.projection.fold.RowKey;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import dev.hearth.projection.view.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The table of `Noted`, which only tests have. It takes no row that holds a NUL.
record NotedRows(Noted noted) implements Rows<String> {
    static final String TABLE = """
            create table if not exists noted (
                view text not null, build int not null, store uuid not null, key text not null, owner text not null,
                text text not null, primary key (view, build, store, key));
            alter table noted enable row level security;
            alter table noted force row level security;
            drop policy if exists callers_own on noted;
            create policy callers_own on noted to projection using (owner = any (caller_principals()));
            drop policy if exists builds_are_dropped on noted;
            create policy builds_are_dropped on noted to projection_owner using (true);
            grant select, insert, update, delete on noted to projection;
            create or replace function drop_noted(p_view text, p_build int) returns int
                security definer set search_path = projection language sql as $$
                with gone as (delete from noted where view = p_view and build = p_build returning 1)
                select count(*)::int from gone $$;
            """;

    @Override
    public View<String> view() {
        return noted;
    }

    private String name() {
        return noted.name().value();
    }

    @Override
    public Uni<Map<StoreId, Map<RowKey, String>>> read(SqlConnection tx, int build, Map<StoreId, Set<RowKey>> keys) {
        var stores = keys.keySet().stream().map(StoreId::value).toArray(UUID[]::new);
        return tx.preparedQuery(
                        "select store, key, text from noted where view = $1 and build = $2 and store = any ($3)")
                .execute(Tuple.of(name(), build, stores))
                .map(rows -> {
                    var found = new HashMap<StoreId, Map<RowKey, String>>();
                    rows.forEach(row -> {
                        var store = new StoreId(row.getUUID("store"));
                        var key = new RowKey(row.getString("key"));
                        if (keys.get(store).contains(key)) {
                            found.computeIfAbsent(store, _ -> new HashMap<>()).put(key, row.getString("text"));
                        }
                    });
                    return found;
                });
    }

    @Override
    public Uni<Void> write(SqlConnection tx, int build, Map<StoreFacts, Map<RowKey, String>> rows) {
        var values = rows.entrySet().stream()
                .flatMap(store -> store.getValue().entrySet().stream()
                        .map(row -> Tuple.of(
                                name(),
                                build,
                                store.getKey().id().value(),
                                row.getKey().value(),
                                store.getKey().owner().toString(),
                                row.getValue())))
                .toList();
        return tx.preparedQuery("insert into noted (view, build, store, key, owner, text)"
                        + " values ($1, $2, $3, $4, $5, $6)"
                        + " on conflict (view, build, store, key) do update set text = excluded.text")
                .executeBatch(values)
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(SqlConnection tx, int build, StoreId store, RowKey key) {
        return tx.preparedQuery("delete from noted where view = $1 and build = $2 and store = $3 and key = $4")
                .execute(Tuple.of(name(), build, store.value(), key.value()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> removeAll(SqlConnection tx, int build, StoreId store) {
        return tx.preparedQuery("delete from noted where view = $1 and build = $2 and store = $3")
                .execute(Tuple.of(name(), build, store.value()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Integer> dropBuild(SqlConnection tx, int build, int limit) {
        return tx.preparedQuery("select drop_noted($1, $2)")
                .execute(Tuple.of(name(), build))
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
