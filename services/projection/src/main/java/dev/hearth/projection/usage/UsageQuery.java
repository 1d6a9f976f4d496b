package dev.hearth.projection.usage;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.StoreId;
import dev.hearth.postgres.Database;
import dev.hearth.projection.view.Projections;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Reads a caller's usage, in one statement: which build is live does not change under it.
@ApplicationScoped
public class UsageQuery {
    /// One row at least when a build is live: the totals, with no store beside them.
    private static final String PAGE = """
            with mine as materialized (
                select u.store, u.owner, u.face, u.client_id, u.kind, u.private, u.generation, u.events, u.bytes,
                       u.first_at, u.last_at
                from build b join usage u on u.build = b.number and u.owner = any ($1)
                     and ($4::uuid[] is null or u.store = any ($4))
                where b.view = 'usage' and b.state = 'live'
            ), total as (
                select count(*) as stores, coalesce(sum(events), 0)::bigint as all_events,
                       coalesce(sum(bytes), 0)::bigint as all_bytes, max(last_at) as latest from mine
            ), page as (
                select store, owner, face, client_id, kind, private, generation, events, bytes, first_at, last_at
                from mine where $2::uuid is null or store > $2 order by store limit $3
            )
            select t.stores, t.all_events, t.all_bytes, t.latest, p.store, p.owner, p.face, p.client_id, p.kind,
                   p.private, p.generation, p.events, p.bytes, p.first_at, p.last_at
            from build b cross join total t left join page p on true
            where b.view = 'usage' and b.state = 'live' order by p.store
            """;

    /// `usages` are at most as many as asked for.
    record Found(UsagePage.Total total, List<Usage> usages) {}

    private final Database database;

    UsageQuery(Projections projections) {
        this.database = projections.database();
    }

    /// Ordered by store, after `after`; empty while no build is live.
    Uni<Optional<Found>> page(Caller caller, Optional<StoreId> after, int limit) {
        var parameters = Tuple.tuple()
                .addArrayOfString(Database.principals(caller))
                .addUUID(after.map(StoreId::value).orElse(null))
                .addInteger(limit)
                .addArrayOfUUID(caller.rights()
                        .stores()
                        .map(some -> some.stream().map(StoreId::value).toArray(UUID[]::new))
                        .orElse(null));
        return database.inTransaction(
                caller, tx -> tx.preparedQuery(PAGE).execute(parameters).map(UsageQuery::found));
    }

    private static Optional<Found> found(RowSet<Row> rows) {
        var row = rows.iterator();
        if (!row.hasNext()) {
            return Optional.empty();
        }
        var usages = new ArrayList<Usage>();
        Row last;
        do {
            last = row.next();
            if (last.getUUID("store") != null) {
                usages.add(UsageRows.usage(last));
            }
        } while (row.hasNext());
        var total = new UsagePage.Total(
                last.getLong("stores"),
                last.getLong("all_events"),
                last.getLong("all_bytes"),
                Optional.ofNullable(last.getOffsetDateTime("latest")).map(time -> time.toInstant()));
        return Optional.of(new Found(total, usages));
    }
}
