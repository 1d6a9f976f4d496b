package dev.hearth.projection.view;

import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Trace;
import dev.hearth.projection.fold.Build;
import dev.hearth.projection.fold.Folded;
import dev.hearth.projection.fold.Parked;
import dev.hearth.projection.fold.RowKey;
import dev.hearth.projection.fold.Standing;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View.Unit;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One store of a view, locked by the transaction it stands in.
record PostgresOpened<R>(SqlConnection tx, Rows<R> table, StoreFacts store, List<Standing> standings)
        implements Shelf.Opened<R> {
    private static final String MOVE = """
            update checkpoint set generation = $4, sequence = $5 where view = $1 and build = $2 and store = $3
            """;
    private static final String PARK = """
            insert into parked (view, build, store, owner, generation, sequence, stream, revision, event_id, reason,
                                trace)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (view, build, store, generation, sequence) do nothing
            """;
    private static final String UNPARK = """
            delete from parked where view = $1 and build = $2 and store = $3 and ($4::text is null or stream = $4)
            """;

    @Override
    public Uni<Map<RowKey, R>> rows(Build build, Set<RowKey> keys) {
        return table.read(tx, build.number(), store.id(), keys);
    }

    @Override
    public Uni<Void> save(Build build, Folded<R> folded) {
        return (folded.dropped()
                        ? drop(build, Optional.empty())
                        : Uni.createFrom().voidItem())
                .flatMap(_ -> put(build, folded))
                .flatMap(_ -> move(build, folded));
    }

    @Override
    public Uni<Void> replace(Build build, Optional<StreamId> stream, Folded<R> folded) {
        return drop(build, stream).flatMap(_ -> put(build, folded));
    }

    private Uni<Void> drop(Build build, Optional<StreamId> stream) {
        var unpark = Tuple.tuple()
                .addString(view())
                .addInteger(build.number())
                .addUUID(store.id().value())
                .addString(stream.map(StreamId::value).orElse(null));
        return tx.preparedQuery(UNPARK)
                .execute(unpark)
                .flatMap(_ -> stream.isPresent()
                        ? table.remove(tx, build.number(), store.id(), RowKey.of(Unit.STREAM, stream.get()))
                        : table.removeAll(tx, build.number(), store.id()));
    }

    private Uni<Void> put(Build build, Folded<R> folded) {
        var written = folded.rows().isEmpty()
                ? Uni.createFrom().voidItem()
                : table.write(tx, build.number(), store, folded.rows())
                        .onFailure(PostgresOpened::isForItsContent)
                        .transform(Unstorable::new);
        return folded.parked().isEmpty() ? written : written.flatMap(_ -> park(build, folded.parked()));
    }

    private Uni<Void> park(Build build, List<Parked> events) {
        var all = events.stream()
                .map(event -> Tuple.tuple()
                        .addString(view())
                        .addInteger(build.number())
                        .addUUID(store.id().value())
                        .addString(store.owner().toString())
                        .addLong(event.at().generation().value())
                        .addLong(event.at().sequence().value())
                        .addString(event.stream().value())
                        .addLong(event.revision().value())
                        .addString(event.event().value())
                        .addString(event.reason())
                        .addString(event.trace().map(Trace::id).orElse(null)))
                .toList();
        return tx.preparedQuery(PARK).executeBatch(all).replaceWithVoid();
    }

    private Uni<Void> move(Build build, Folded<R> folded) {
        var to = folded.checkpoint();
        return tx.preparedQuery(MOVE)
                .execute(Tuple.of(
                        view(),
                        build.number(),
                        store.id().value(),
                        to.generation().value(),
                        to.sequence().value()))
                .replaceWithVoid();
    }

    private String view() {
        return table.view().name().value();
    }

    /// SQLSTATE classes 22 data, 23 constraints, 54 program limits. Everything else may pass.
    private static boolean isForItsContent(Throwable failure) {
        if (failure instanceof PgException refused && refused.getSqlState() != null) {
            return switch (refused.getSqlState().substring(0, 2)) {
                case "22", "23", "54" -> true;
                default -> false;
            };
        }
        return false;
    }
}
