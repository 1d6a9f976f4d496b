package dev.hearth.projection.view;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.postgres.Database;
import dev.hearth.projection.fold.Build;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Standing;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A view's rows and checkpoints in Postgres. Even the consumer works under the owners of the stores it folds: the
/// second wall holds it to their rows.
public final class PostgresShelf<R> implements Shelf<R> {
    private static final String OPEN = """
            select store, number, live, generation, sequence, parked from open_stores($1, $2, $3, $4)
            """;
    private static final String CHECKPOINT = """
            select c.generation, c.sequence from build b join checkpoint c on c.view = b.view and c.build = b.number
            where b.view = $1 and b.state = 'live' and c.store = $2
            """;

    private final Database database;
    private final Rows<R> rows;
    private final View<R> view;

    public PostgresShelf(Database database, Rows<R> rows) {
        this.database = database;
        this.rows = rows;
        this.view = rows.view();
    }

    @Override
    public <T> Uni<T> onStores(Set<StoreFacts> stores, Function<Opened<R>, Uni<T>> work) {
        var all = List.copyOf(stores);
        return database.inTransaction(
                all.stream().map(StoreFacts::owner).collect(Collectors.toSet()),
                tx -> tx.preparedQuery(OPEN)
                        .execute(Tuple.of(
                                view.name().value(),
                                view.version(),
                                all.stream().map(store -> store.id().value()).toArray(UUID[]::new),
                                all.stream()
                                        .map(store -> store.owner().toString())
                                        .toArray(String[]::new)))
                        .map(PostgresShelf::standings)
                        .flatMap(standings -> work.apply(new PostgresOpened<>(tx, rows, standings))));
    }

    @Override
    public Uni<Optional<Checkpoint>> checkpoint(Caller caller, StoreId store) {
        return database.inTransaction(
                caller,
                tx -> tx.preparedQuery(CHECKPOINT)
                        .execute(Tuple.of(view.name().value(), store.value()))
                        .map(found ->
                                stream(found).map(PostgresShelf::checkpoint).findFirst()));
    }

    private static Map<StoreId, List<Standing>> standings(RowSet<Row> found) {
        return stream(found)
                .collect(Collectors.groupingBy(
                        row -> new StoreId(row.getUUID("store")),
                        Collectors.mapping(PostgresShelf::standing, Collectors.toList())));
    }

    private static Standing standing(Row row) {
        return new Standing(new Build(row.getInteger("number"), row.getBoolean("live")), checkpoint(row), streams(row));
    }

    private static Checkpoint checkpoint(Row row) {
        return new Checkpoint(new Generation(row.getLong("generation")), new Sequence(row.getLong("sequence")));
    }

    private static Set<StreamId> streams(Row row) {
        return Stream.of(row.getArrayOfStrings("parked")).map(StreamId::new).collect(Collectors.toSet());
    }

    static Stream<Row> stream(RowSet<Row> rows) {
        var all = new ArrayList<Row>(rows.rowCount());
        rows.forEach(all::add);
        return all.stream();
    }
}
