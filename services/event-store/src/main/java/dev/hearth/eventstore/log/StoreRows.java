package dev.hearth.eventstore.log;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.postgres.Database;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The database functions about stores: their parameters and rows.
final class StoreRows {
    static final String OPEN = """
            select o.created, o.reached, (o.opened).id, (o.opened).owner, (o.opened).face, (o.opened).client_id,
                   (o.opened).kind, (o.opened).private, (o.opened).generation, (o.opened).head,
                   (o.opened).head_alias, (o.opened).created_at
            from open_store($1, $2, $3, $4, $5, $6, $7, $8) o
            """;
    static final String FIND = """
            select id, owner, face, client_id, kind, private, generation, head, head_alias, created_at
            from find_stores($1, $2, $3, $4, $5, $6)
            """;
    static final String RESET = """
            select id, owner, face, client_id, kind, private, generation, head, head_alias, created_at
            from reset_store($1, $2, $3)
            """;
    static final String HEADS = "select id, generation, head from store_heads($1)";
    static final String DESCRIBE = """
            select id, owner, face, client_id, kind, private, generation, head, head_alias, created_at
            from store where id = any ($1)
            """;
    static final String ALL = """
            select id, owner, face, client_id, kind, private, generation, head, head_alias, created_at
            from store where $1::uuid is null or id > $1 order by id limit $2
            """;
    static final String CLOSED = "select store from closed_stores($1) store";
    static final String RAISE_FENCE = "select raise_fence($1, $2)";

    private StoreRows() {}

    static Tuple open(Caller caller, NewStore store, int maxStores) {
        return Tuple.tuple()
                .addArrayOfString(Database.principals(caller))
                .addString(store.owner().toString())
                .addString(store.name().face())
                .addString(store.name().clientId())
                .addString(store.kind())
                .addBoolean(store.isPrivate())
                // An owner's stores stay together when the log is spread over several databases.
                .addUUID(store.owner().id())
                .addInteger(maxStores);
    }

    static Tuple byName(Caller caller, StoreName name) {
        return Tuple.tuple()
                .addArrayOfString(ownFirst(caller))
                .addUUID(null)
                .addString(name.face())
                .addString(name.clientId())
                .addUUID(null)
                .addInteger(1);
    }

    static Tuple byId(Caller caller, StoreId id) {
        return Tuple.tuple()
                .addArrayOfString(Database.principals(caller))
                .addUUID(id.value())
                .addString(null)
                .addString(null)
                .addUUID(null)
                .addInteger(1);
    }

    static Tuple after(Caller caller, Optional<StoreId> after, int limit) {
        return Tuple.tuple()
                .addArrayOfString(Database.principals(caller))
                .addUUID(null)
                .addString(null)
                .addString(null)
                .addUUID(after.map(StoreId::value).orElse(null))
                .addInteger(limit);
    }

    static Tuple reset(Caller caller, StoreId id, Generation current) {
        return Tuple.tuple()
                .addArrayOfString(Database.principals(caller))
                .addUUID(id.value())
                .addLong(current.value());
    }

    static Tuple fence(UUID vault, long epoch) {
        return Tuple.of(vault, epoch);
    }

    static Tuple ids(Collection<StoreId> stores) {
        return Tuple.tuple().addArrayOfUUID(stores.stream().map(StoreId::value).toArray(UUID[]::new));
    }

    static Tuple allAfter(Optional<StoreId> after, int limit) {
        return Tuple.of(after.map(StoreId::value).orElse(null), limit);
    }

    static OpenResult opened(RowSet<Row> rows, int maxStores) {
        var row = rows.iterator().next();
        if (!row.getBoolean("reached")) {
            return new OpenResult.NotReached();
        }
        return row.getUUID("id") == null
                ? new OpenResult.TooManyStores(maxStores)
                : new OpenResult.Opened(store(row), row.getBoolean("created"));
    }

    static Optional<Store> first(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() ? Optional.of(store(row.next())) : Optional.empty();
    }

    static List<Store> all(RowSet<Row> rows) {
        var stores = new ArrayList<Store>(rows.rowCount());
        rows.forEach(row -> stores.add(store(row)));
        return stores;
    }

    static Set<StoreId> closed(RowSet<Row> rows) {
        var closed = new HashSet<StoreId>();
        rows.forEach(row -> closed.add(new StoreId(row.getUUID("store"))));
        return closed;
    }

    static List<Head> heads(RowSet<Row> rows) {
        var heads = new ArrayList<Head>(rows.rowCount());
        rows.forEach(row -> heads.add(new Head(
                new StoreId(row.getUUID("id")),
                new Generation(row.getLong("generation")),
                new Sequence(row.getLong("head")))));
        return heads;
    }

    static Store store(Row row) {
        return new Store(
                new StoreId(row.getUUID("id")),
                Principal.parse(row.getString("owner")),
                new StoreName(row.getString("face"), row.getString("client_id")),
                row.getString("kind"),
                row.getBoolean("private"),
                new Generation(row.getLong("generation")),
                new Sequence(row.getLong("head")),
                new Alias(row.getLong("head_alias")),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static String[] ownFirst(Caller caller) {
        var principals = new ArrayList<String>();
        principals.add(caller.user().toString());
        caller.principals().stream()
                .map(Principal::toString)
                .filter(principal -> !principals.contains(principal))
                .sorted()
                .forEach(principals::add);
        return principals.toArray(String[]::new);
    }
}
