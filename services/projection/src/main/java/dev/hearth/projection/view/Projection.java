package dev.hearth.projection.view;

import dev.hearth.eventlog.EventLog;
import dev.hearth.postgres.Database;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.fold.View;

/// One view with everything that keeps it.
public record Projection<R>(
        View<R> view, Shelf<R> shelf, Builds builds, PostgresParked parked, Projector<R> projector, Refold<R> refold) {

    public static <R> Projection<R> of(Rows<R> rows, Database database, EventLog log, ProjectionConfig config) {
        var shelf = new PostgresShelf<>(database, rows);
        var view = rows.view();
        return new Projection<>(
                view,
                shelf,
                new PostgresBuilds(database, rows),
                new PostgresParked(database, view.name()),
                new Projector<>(view, shelf, log, config.pageEvents()),
                new Refold<>(view, shelf, log, config.pageEvents()));
    }
}
