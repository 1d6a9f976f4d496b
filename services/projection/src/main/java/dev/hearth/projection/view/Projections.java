package dev.hearth.projection.view;

import dev.hearth.eventlog.EventLog;
import dev.hearth.postgres.Database;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.fold.ViewName;
import io.quarkus.arc.All;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// All views of this program: one for each bean of type `Rows`.
@ApplicationScoped
public class Projections {
    private final List<Projection<?>> all;
    private final StoreDirectory directory;
    private final Database database;

    Projections(
            @All List<Rows<?>> tables,
            @ReactiveDataSource("projection") Pool pool,
            EventLog log,
            ProjectionConfig config) {
        this.database = new Database(pool);
        this.directory = new StoreDirectory(log);
        this.all = tables.stream()
                .<Projection<?>>map(rows -> Projection.of(rows, database, log, config))
                .toList();
    }

    public List<Projection<?>> all() {
        return all;
    }

    public Optional<Projection<?>> find(String name) {
        return all.stream()
                .filter(projection -> projection.view().name().value().equals(name))
                .findFirst();
    }

    public Projection<?> get(ViewName name) {
        return find(name.value()).orElseThrow();
    }

    public StoreDirectory directory() {
        return directory;
    }

    public Database database() {
        return database;
    }
}
