package dev.hearth.projection.view;

import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Trace;
import dev.hearth.projection.fold.Build;
import dev.hearth.projection.fold.Folded;
import dev.hearth.projection.fold.Parked;
import dev.hearth.projection.fold.RowKey;
import dev.hearth.projection.fold.Standing;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View.Unit;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Stores of a view, locked by the transaction they stand in.
record PostgresOpened<R>(SqlConnection tx, Rows<R> table, Map<StoreId, List<Standing>> all) implements Shelf.Opened<R> {
    private static final String MOVE = """
            update checkpoint c set generation = m.generation, sequence = m.sequence
            from unnest($3::uuid[], $4::bigint[], $5::bigint[]) m (store, generation, sequence)
            where c.view = $1 and c.build = $2 and c.store = m.store
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
    public List<Standing> standings(StoreFacts store) {
        return all.getOrDefault(store.id(), List.of());
    }

    @Override
    public Uni<Map<StoreFacts, Map<RowKey, R>>> rows(Build build, Map<StoreFacts, Set<RowKey>> keys) {
        var ids = new HashMap<StoreId, Set<RowKey>>();
        keys.forEach((store, wanted) -> ids.put(store.id(), wanted));
        return table.read(tx, build.number(), ids)
                .map(found -> keys.keySet().stream()
                        .filter(store -> found.containsKey(store.id()))
                        .collect(Collectors.toMap(Function.identity(), store -> found.get(store.id()))));
    }

    @Override
    public Uni<Void> save(Build build, Map<StoreFacts, Folded<R>> folded) {
        return dropAll(build, folded).flatMap(_ -> put(build, folded)).flatMap(_ -> move(build, folded));
    }

    @Override
    public Uni<Void> replace(Build build, StoreFacts store, Optional<StreamId> stream, Folded<R> folded) {
        return drop(build, store, stream).flatMap(_ -> put(build, Map.of(store, folded)));
    }

    private Uni<Void> dropAll(Build build, Map<StoreFacts, Folded<R>> folded) {
        var dropped = folded.keySet().stream()
                .filter(store -> folded.get(store).dropped())
                .toList();
        return Multi.createFrom()
                .iterable(dropped)
                .onItem()
                .transformToUniAndConcatenate(store -> drop(build, store, Optional.empty()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> drop(Build build, StoreFacts store, Optional<StreamId> stream) {
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

    private Uni<Void> put(Build build, Map<StoreFacts, Folded<R>> folded) {
        var rows = new HashMap<StoreFacts, Map<RowKey, R>>();
        var events = new ArrayList<Tuple>();
        folded.forEach((store, result) -> {
            if (!result.rows().isEmpty()) {
                rows.put(store, result.rows());
            }
            result.parked().forEach(event -> events.add(parked(build, store, event)));
        });
        var written = rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : table.write(tx, build.number(), rows)
                        .onFailure(PostgresOpened::isForItsContent)
                        .transform(Unstorable::new);
        return events.isEmpty()
                ? written
                : written.flatMap(
                        _ -> tx.preparedQuery(PARK).executeBatch(events).replaceWithVoid());
    }

    private Tuple parked(Build build, StoreFacts store, Parked event) {
        return Tuple.tuple()
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
                .addString(event.trace().map(Trace::id).orElse(null));
    }

    private Uni<Void> move(Build build, Map<StoreFacts, Folded<R>> folded) {
        var stores = List.copyOf(folded.keySet());
        var to = stores.stream().map(store -> folded.get(store).checkpoint()).toList();
        return tx.preparedQuery(MOVE)
                .execute(Tuple.of(
                        view(),
                        build.number(),
                        stores.stream().map(store -> store.id().value()).toArray(UUID[]::new),
                        to.stream().map(at -> at.generation().value()).toArray(Long[]::new),
                        to.stream().map(at -> at.sequence().value()).toArray(Long[]::new)))
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
