package dev.hearth.projection.view;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Head;
import dev.hearth.postgres.Database;
import dev.hearth.projection.view.BuildStatus.Swept;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The builds of one view in Postgres. What compares stores of all owners is a function that tells numbers alone.
public final class PostgresBuilds implements Builds {
    private static final String CURRENT = """
            select number, version, state, swept_to, stores_swept, events_swept, stores, events, started_at, live_at
            from build where view = $1 and state <> 'retired' order by number
            """;
    /// Held for one part of a sweep. Not "for update": whoever folds does not wait for it.
    private static final String CLAIM = """
            select number, version, state, swept_to, stores_swept, events_swept, stores, events, started_at, live_at
            from build where view = $1 and version = $2 and state = 'building' for no key update skip locked
            """;
    private static final String SWEPT = """
            update build set swept_to = $3, stores_swept = $4, events_swept = $5 where view = $1 and number = $2
            """;
    private static final String MEASURED = """
            update build set stores = $3, events = $4 where view = $1 and number = $2
            """;
    private static final String RETIRED = """
            select number from build where view = $1 and state = 'retired' order by number limit 1
            """;

    private static final String KEPT = "select store, owner from kept_stores($1, $2, $3)";
    /// First, and so after whoever folds it now: later ones find that they have nothing to fold.
    private static final String FORGET = "delete from checkpoint where view = $1 and store = $2 returning build";
    private static final String UNPARK = "delete from parked where view = $1 and store = $2";

    private final Database database;
    private final Rows<?> rows;
    private final String view;

    public PostgresBuilds(Database database, Rows<?> rows) {
        this.database = database;
        this.rows = rows;
        this.view = rows.view().name().value();
    }

    @Override
    public Uni<List<BuildStatus>> current() {
        return database.call(CURRENT, Tuple.of(view))
                .map(found ->
                        PostgresShelf.stream(found).map(PostgresBuilds::status).toList());
    }

    @Override
    public Uni<Void> begin(int version, boolean anew) {
        return database.call("select begin_build($1, $2, $3)", Tuple.of(view, version, anew))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<Part>> sweep(int version, Function<BuildStatus, Uni<Part>> part) {
        return database.inServiceTransaction(tx -> tx.preparedQuery(CLAIM)
                .execute(Tuple.of(view, version))
                .flatMap(found -> {
                    var row = found.iterator();
                    if (!row.hasNext()) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    var build = status(row.next());
                    return part.apply(build)
                            .flatMap(done -> keep(tx, build, done).replaceWith(Optional.of(done)));
                }));
    }

    private Uni<Void> keep(SqlConnection tx, BuildStatus build, Part done) {
        var values = Tuple.tuple()
                .addString(view)
                .addInteger(build.number())
                .addUUID(done.sweptTo().map(StoreId::value).orElse(null))
                .addLong(done.swept().stores())
                .addLong(done.swept().events());
        return tx.preparedQuery(SWEPT).execute(values).replaceWithVoid();
    }

    @Override
    public Uni<Void> measured(int build, Swept all) {
        return database.call(MEASURED, Tuple.of(view, build, all.stores(), all.events()))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<StoreId>> behind(int build, List<Head> heads) {
        var parameters = Tuple.tuple()
                .addString(view)
                .addInteger(build)
                .addArrayOfUUID(heads.stream().map(head -> head.store().value()).toArray(UUID[]::new))
                .addArrayOfLong(
                        heads.stream().map(head -> head.generation().value()).toArray(Long[]::new))
                .addArrayOfLong(heads.stream().map(head -> head.head().value()).toArray(Long[]::new));
        return database.call("select store from stores_behind($1, $2, $3, $4, $5) store", parameters)
                .map(PostgresBuilds::stores);
    }

    @Override
    public Uni<List<StoreId>> behindLive(int build, int limit) {
        return database.call("select store from stores_behind_live($1, $2, $3) store", Tuple.of(view, build, limit))
                .map(PostgresBuilds::stores);
    }

    @Override
    public Uni<Boolean> makeLive(int build) {
        return database.call("select make_live($1, $2)", Tuple.of(view, build))
                .map(found -> found.iterator().next().getBoolean(0));
    }

    @Override
    public Uni<Boolean> dropRetired(int limit) {
        return database.inServiceTransaction(tx -> tx.preparedQuery(RETIRED)
                .execute(Tuple.of(view))
                .flatMap(found -> {
                    var row = found.iterator();
                    return row.hasNext()
                            ? drop(tx, row.next().getInteger("number"), limit)
                            : Uni.createFrom().item(false);
                }));
    }

    @Override
    public Uni<List<Kept>> kept(Optional<StoreId> after, int limit) {
        return database.call(KEPT, Tuple.of(view, after.map(StoreId::value).orElse(null), limit))
                .map(found -> PostgresShelf.stream(found)
                        .map(row ->
                                new Kept(new StoreId(row.getUUID("store")), Principal.parse(row.getString("owner"))))
                        .toList());
    }

    @Override
    public Uni<Void> forget(Kept kept) {
        var key = Tuple.of(view, kept.store().value());
        return database.inTransaction(
                Caller.of(kept.owner()),
                tx -> tx.preparedQuery(FORGET)
                        .execute(key)
                        .onItem()
                        .transformToMulti(builds -> Multi.createFrom().iterable(builds))
                        .onItem()
                        .transformToUniAndConcatenate(
                                build -> rows.removeAll(tx, build.getInteger("build"), kept.store()))
                        .collect()
                        .last()
                        .flatMap(_ -> tx.preparedQuery(UNPARK).execute(key))
                        .replaceWithVoid());
    }

    private Uni<Boolean> drop(SqlConnection tx, int build, int limit) {
        return rows.dropBuild(tx, build, limit)
                .flatMap(dropped -> dropped > 0
                        ? Uni.createFrom().item(true)
                        : tx.preparedQuery("select drop_build($1, $2, $3)")
                                .execute(Tuple.of(view, build, limit))
                                .replaceWith(true));
    }

    private static List<StoreId> stores(RowSet<Row> found) {
        return PostgresShelf.stream(found)
                .map(row -> new StoreId(row.getUUID("store")))
                .toList();
    }

    private static BuildStatus status(Row row) {
        return new BuildStatus(
                row.getInteger("number"),
                row.getInteger("version"),
                row.getString("state").equals("live"),
                Optional.ofNullable(row.getUUID("swept_to")).map(StoreId::new),
                new Swept(row.getLong("stores_swept"), row.getLong("events_swept")),
                Optional.ofNullable(row.getLong("stores")).map(stores -> new Swept(stores, row.getLong("events"))),
                row.getOffsetDateTime("started_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("live_at")).map(OffsetDateTime::toInstant));
    }
}
