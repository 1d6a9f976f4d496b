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
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/// The table `usage`.
@ApplicationScoped
public class UsageRows implements Rows<Usage> {
    private static final String READ = """
            select store, owner, face, client_id, kind, private, generation, events, bytes, first_at, last_at
            from usage where build = $1 and store = $2
            """;
    private static final String WRITE = """
            insert into usage as u (build, store, owner, face, client_id, kind, private, generation, events, bytes,
                                    first_at, last_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
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
    public Uni<Map<RowKey, Usage>> read(SqlConnection tx, int build, StoreId store, Set<RowKey> keys) {
        return tx.preparedQuery(READ).execute(Tuple.of(build, store.value())).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? Map.of(RowKey.OF_STORE, usage(row.next())) : Map.of();
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
    public Uni<Void> write(SqlConnection tx, int build, StoreFacts store, Map<RowKey, Usage> rows) {
        var usage = rows.get(RowKey.OF_STORE);
        var values = Tuple.tuple()
                .addInteger(build)
                .addUUID(store.id().value())
                .addString(store.owner().toString())
                .addString(store.name().face())
                .addString(store.name().clientId())
                .addString(store.kind())
                .addBoolean(store.isPrivate())
                .addLong(usage.generation().value())
                .addLong(usage.events())
                .addLong(usage.bytes())
                .addOffsetDateTime(usage.firstActivity().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(usage.lastActivity().atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(WRITE).execute(values).replaceWithVoid();
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
