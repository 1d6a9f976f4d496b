package dev.hearth.eventstore.publish;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Event;
import dev.hearth.eventstore.log.PageRows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// How far one shard's relay has come, and what comes next.
final class RelayProgress {
    private static final String NEXT = """
            select store, generation, sequence, stream, revision, alias, type, event_id, payload, content_type, private,
                   erased, actor, device, session, correlation, causation, occurred_at, recorded_at,
                   attributes::text as attributes, traceparent
            from (
                select e.*, sum(octet_length(e.payload)) over (order by e.store, e.sequence)
                            - octet_length(e.payload) as before
                from unnest($1::uuid[]) wanted (id)
                join store s on s.id = wanted.id
                left join relay_checkpoint c on c.store = s.id and c.generation = s.generation
                cross join lateral (
                    select x.* from event x
                    where x.store = s.id and x.generation = s.generation and x.sequence > coalesce(c.sequence, 0)
                    order by x.sequence limit $2) e
                limit $2) n
            where before < $3
            order by store, sequence
            """;
    private static final String CHECKPOINT = """
            insert into relay_checkpoint as c (store, generation, sequence)
            select * from unnest($1::uuid[], $2::bigint[], $3::bigint[])
            on conflict (store) do update set generation = excluded.generation, sequence = excluded.sequence
            where (c.generation, c.sequence) < (excluded.generation, excluded.sequence)
            """;
    private static final String CURSOR = """
            insert into relay_cursor (shard, topic_id, xid, position) values ($1, $2, $3::text::xid8, $4)
            on conflict (shard) do update
            set topic_id = excluded.topic_id, xid = excluded.xid, position = excluded.position
            """;

    /// Where discovery stands: beyond every event whose transaction and position are at or below.
    record Cursor(String topicId, String xid, long position) {
        static Cursor start(String topicId) {
            return new Cursor(topicId, "0", 0);
        }
    }

    /// Stores that have events beyond the cursor, and the cursor beyond those.
    record Discovered(Set<StoreId> stores, Cursor cursor, boolean more) {}

    private final SqlConnection connection;
    private final int shard;

    RelayProgress(SqlConnection connection, int shard) {
        this.connection = connection;
        this.shard = shard;
    }

    /// The cursor for this topic. Another topic than last time holds nothing: everything is published again.
    Cursor resume(String topicId) {
        var found = cursor();
        if (found.isPresent() && found.get().topicId().equals(topicId)) {
            return found.get();
        }
        var start = Cursor.start(topicId);
        inTransaction(() -> {
            run("delete from relay_checkpoint", Tuple.tuple());
            save(start);
        });
        return start;
    }

    private Optional<Cursor> cursor() {
        var rows = run(
                        "select topic_id, xid::text as xid, position from relay_cursor where shard = $1",
                        Tuple.of(shard))
                .iterator();
        return rows.hasNext() ? Optional.of(cursor(rows.next())) : Optional.empty();
    }

    private static Cursor cursor(Row row) {
        return new Cursor(row.getString("topic_id"), row.getString("xid"), row.getLong("position"));
    }

    Discovered discover(Cursor after, int limit) {
        var rows = run(
                "select store, xid::text as xid, position from read_log($1::text::xid8, $2, $3)",
                Tuple.of(after.xid(), after.position(), limit));
        var stores = new HashSet<StoreId>();
        var cursor = after;
        for (Row row : rows) {
            stores.add(new StoreId(row.getUUID("store")));
            cursor = new Cursor(after.topicId(), row.getString("xid"), row.getLong("position"));
        }
        return new Discovered(stores, cursor, rows.rowCount() == limit);
    }

    /// The next events of these stores, each store's in sequence order from its checkpoint. Committed events of a
    /// store have no hole between them, so they need not wait for other transactions. At most `limit` events and,
    /// beyond the first, `maxBytes` of payload.
    List<Event> next(Collection<StoreId> stores, int limit, long maxBytes) {
        var rows = run(NEXT, Tuple.of(stores.stream().map(StoreId::value).toArray(UUID[]::new), limit, maxBytes));
        var events = new ArrayList<Event>(rows.rowCount());
        for (Row row : rows) {
            events.add(
                    PageRows.event(row, new StoreId(row.getUUID("store")), new Generation(row.getLong("generation"))));
        }
        return events;
    }

    void published(List<Event> events) {
        Map<StoreId, Event> last = new HashMap<>();
        events.forEach(event -> last.put(event.store(), event));
        var ends = List.copyOf(last.values());
        run(
                CHECKPOINT,
                Tuple.of(
                        ends.stream().map(event -> event.store().value()).toArray(UUID[]::new),
                        ends.stream().map(event -> event.generation().value()).toArray(Long[]::new),
                        ends.stream().map(event -> event.sequence().value()).toArray(Long[]::new)));
    }

    void save(Cursor cursor) {
        run(CURSOR, Tuple.of(shard, cursor.topicId(), cursor.xid(), cursor.position()));
    }

    private void inTransaction(Runnable work) {
        var transaction = connection.begin().await().atMost(RelayLease.PATIENCE);
        try {
            work.run();
            transaction.commit().await().atMost(RelayLease.PATIENCE);
        } catch (RuntimeException failure) {
            transaction.rollback().subscribe().with(_ -> {}, _ -> {});
            throw failure;
        }
    }

    private RowSet<Row> run(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).await().atMost(RelayLease.PATIENCE);
    }
}
