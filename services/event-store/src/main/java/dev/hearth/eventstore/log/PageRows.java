package dev.hearth.eventstore.log;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.ReadResult.GenerationChanged;
import dev.hearth.eventlog.ReadResult.Page;
import dev.hearth.eventlog.ReadResult.UnknownStore;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.postgres.Database;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The database function `read_store`: its parameters and rows.
public final class PageRows {
    static final String READ = """
            select owner, face, client_id, kind, store_private, generation, head, head_alias, created_at, total,
                   sequence, stream, revision, alias, type, event_id, payload, content_type, private, erased, actor,
                   device, session, correlation, causation, occurred_at, recorded_at, attributes,
                   traceparent
            from read_store($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /// The function counts from it, and Postgres' numbers end where Java's do. No sequence comes near.
    private static final long LAST_CURSOR = Long.MAX_VALUE / 2;

    private PageRows() {}

    static Tuple of(Caller caller, Read read, int limit) {
        return Tuple.tuple()
                .addArrayOfString(Database.principals(caller))
                .addUUID(read.store().value())
                .addLong(read.generation().map(Generation::value).orElse(null))
                .addString(read.stream().map(StreamId::value).orElse(null))
                .addLong(Math.min(read.cursor(), LAST_CURSOR))
                .addBoolean(read.direction() == Direction.BACKWARD)
                .addInteger(limit)
                .addLong((long) read.maxBytes());
    }

    static ReadResult result(RowSet<Row> rows, Read read, int limit) {
        var row = rows.iterator();
        if (!row.hasNext()) {
            return new UnknownStore();
        }
        var store = store(row.next(), read.store());
        if (read.generation().isPresent() && !read.generation().get().equals(store.generation())) {
            return new GenerationChanged(store);
        }
        var events = new ArrayList<Event>(Math.min(limit, rows.rowCount()));
        long total = 0;
        while (row.hasNext() && events.size() < limit) {
            var next = row.next();
            total = next.getLong("total");
            events.add(event(next, store.id(), store.generation()));
        }
        return new Page(store, events, total > events.size());
    }

    private static Store store(Row row, StoreId id) {
        return new Store(
                id,
                Principal.parse(row.getString("owner")),
                new StoreName(row.getString("face"), row.getString("client_id")),
                row.getString("kind"),
                row.getBoolean("store_private"),
                new Generation(row.getLong("generation")),
                new Sequence(row.getLong("head")),
                new Alias(row.getLong("head_alias")),
                row.getOffsetDateTime("created_at").toInstant());
    }

    /// An event of a row that has the event's columns by their names.
    public static Event event(Row row, StoreId store, Generation generation) {
        return new Event(
                store,
                generation,
                new Sequence(row.getLong("sequence")),
                new StreamId(row.getString("stream")),
                new Revision(row.getLong("revision")),
                Optional.ofNullable(row.getLong("alias")).map(Alias::new),
                new EventId(row.getString("event_id")),
                row.getString("type"),
                new Payload(row.getBuffer("payload").getBytes()),
                row.getString("content_type"),
                row.getBoolean("private"),
                row.getBoolean("erased"),
                row.getString("actor"),
                new Origin(
                        Optional.ofNullable(row.getString("device")),
                        Optional.ofNullable(row.getString("session")),
                        Optional.ofNullable(row.getString("correlation")),
                        Optional.ofNullable(row.getString("causation"))),
                Optional.ofNullable(row.getOffsetDateTime("occurred_at")).map(OffsetDateTime::toInstant),
                row.getOffsetDateTime("recorded_at").toInstant(),
                attributes(row.getString("attributes")),
                Optional.ofNullable(row.getString("traceparent")).flatMap(Trace::parse));
    }

    private static Map<String, String> attributes(@Nullable String json) {
        return json == null
                ? Map.of()
                : new JsonObject(json)
                        .stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> (String) entry.getValue()));
    }
}
