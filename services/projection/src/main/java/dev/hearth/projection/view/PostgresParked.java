package dev.hearth.projection.view;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.postgres.Database;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.ViewName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Parked events of one view's live build. Which they are, and what failed, is told for all owners; what they hold,
/// nobody is told here.
public final class PostgresParked {
    private static final String REASON = """
            select reason from parked
            where view = $1 and build = $2 and store = $3 and generation = $4 and sequence = $5
            """;
    private static final String SENT = """
            update parked set sent = true
            where view = $1 and build = $2 and store = $3 and generation = $4 and sequence = $5
            """;

    /// How many events of a store are parked.
    public record Count(StoreId store, long events) {}

    /// A parked event as an operator is told of it: where it stands, why, and by which trace its request is found.
    public record Told(StoreId store, Checkpoint at, String reason, Optional<String> trace, Instant since) {}

    /// A parked event that the dead-letter topic has not got yet.
    public record Unsent(int build, StoreId store, Checkpoint at) {}

    private final Database database;
    private final String view;

    public PostgresParked(Database database, ViewName view) {
        this.database = database;
        this.view = view.value();
    }

    public Uni<List<Count>> counts(int limit) {
        return database.call("select store, events from parked_stores($1, $2)", Tuple.of(view, limit))
                .map(found -> PostgresShelf.stream(found)
                        .map(row -> new Count(new StoreId(row.getUUID("store")), row.getLong("events")))
                        .toList());
    }

    /// The latest ones, of all or of one trace.
    public Uni<List<Told>> latest(Optional<String> trace, int limit) {
        return database.call(
                        "select store, generation, sequence, reason, trace, parked_at from latest_parked($1, $2, $3)",
                        Tuple.of(view, trace.orElse(null), limit))
                .map(found -> PostgresShelf.stream(found)
                        .map(row -> new Told(
                                new StoreId(row.getUUID("store")),
                                checkpoint(row),
                                row.getString("reason"),
                                Optional.ofNullable(row.getString("trace")),
                                row.getOffsetDateTime("parked_at").toInstant()))
                        .toList());
    }

    public Uni<List<Unsent>> unsent(int limit) {
        return database.call(
                        "select build, store, generation, sequence from unsent_parked($1, $2)", Tuple.of(view, limit))
                .map(found -> PostgresShelf.stream(found)
                        .map(row ->
                                new Unsent(row.getInteger("build"), new StoreId(row.getUUID("store")), checkpoint(row)))
                        .toList());
    }

    private static Checkpoint checkpoint(Row row) {
        return new Checkpoint(new Generation(row.getLong("generation")), new Sequence(row.getLong("sequence")));
    }

    /// Empty when it is not parked any more.
    public Uni<Optional<String>> reason(StoreFacts store, Unsent event) {
        return database.inTransaction(
                Projector.owner(store),
                tx -> tx.preparedQuery(REASON)
                        .execute(key(event))
                        .map(found -> PostgresShelf.stream(found)
                                .map(row -> row.getString("reason"))
                                .findFirst()));
    }

    public Uni<Void> sent(StoreFacts store, Unsent event) {
        return database.inTransaction(
                Projector.owner(store),
                tx -> tx.preparedQuery(SENT).execute(key(event)).replaceWithVoid());
    }

    private Tuple key(Unsent event) {
        return Tuple.of(
                view,
                event.build(),
                event.store().value(),
                event.at().generation().value(),
                event.at().sequence().value());
    }
}
