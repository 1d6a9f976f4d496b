package dev.hearth.eventstore.log;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.GivenName;
import dev.hearth.eventlog.NamingResult;
import dev.hearth.eventlog.StoreName;
import dev.hearth.postgres.Database;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The database functions about names that people give to stores: their parameters and rows.
final class AliasRows {
    static final String NAME = """
            select n.outcome, (n.named).id, (n.named).owner, (n.named).face, (n.named).client_id, (n.named).kind,
                   (n.named).private, (n.named).generation, (n.named).head, (n.named).head_alias, (n.named).created_at
            from name_store($1, $2, $3, $4, $5, $6) n
            """;
    static final String NAMED = "select store_named($1, $2, $3)";
    static final String GIVEN = "select face, client_id, store from store_names($1)";
    static final String FORGET = "select forget_store_name($1, $2, $3)";

    private AliasRows() {}

    static Tuple name(Caller caller, StoreName name, StoreId store, int most) {
        return Tuple.tuple()
                .addArrayOfString(Database.principals(caller))
                .addString(caller.user().toString())
                .addString(name.face())
                .addString(name.clientId())
                .addUUID(store.value())
                .addInteger(most);
    }

    static Tuple ofUser(Caller caller, StoreName name) {
        return Tuple.of(caller.user().toString(), name.face(), name.clientId());
    }

    static Tuple ofUser(Caller caller) {
        return Tuple.of(caller.user().toString());
    }

    static List<GivenName> given(RowSet<Row> rows) {
        var given = new ArrayList<GivenName>(rows.rowCount());
        rows.forEach(row -> given.add(new GivenName(
                new StoreName(row.getString("face"), row.getString("client_id")), new StoreId(row.getUUID("store")))));
        return given;
    }

    static NamingResult result(RowSet<Row> rows, int most) {
        var row = rows.iterator().next();
        return switch (row.getString("outcome")) {
            case "named" -> new NamingResult.Named(StoreRows.store(row));
            case "unknown-store" -> new NamingResult.UnknownStore();
            case "other-face" -> new NamingResult.OtherFace(row.getString("face"));
            case "name-taken" -> new NamingResult.NameTaken();
            case "too-many" -> new NamingResult.TooManyNames(most);
            default -> throw new IllegalStateException("name_store knows no other outcome");
        };
    }

    static Optional<StoreId> store(RowSet<Row> rows) {
        return Optional.ofNullable(rows.iterator().next().getUUID(0)).map(StoreId::new);
    }

    static boolean forgotten(RowSet<Row> rows) {
        return rows.iterator().next().getBoolean(0);
    }
}
