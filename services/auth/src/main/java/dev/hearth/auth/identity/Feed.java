package dev.hearth.auth.identity;

import dev.hearth.caller.Changes;
import dev.hearth.caller.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What has changed. A cursor is a snapshot of Postgres' and when it was taken: what was not visible then and is now
/// has
/// changed since, whatever order transactions end in. See `docs/adr/0014-the-identity-feed-is-a-snapshot.md`.
@ApplicationScoped
class Feed {
    /// Beyond that it is cheaper to forget everything.
    private static final int MOST = 1_000;
    /// What is older may have been forgotten.
    private static final long MOST_SECONDS = 3_600;

    private static final Pattern CURSOR = Pattern.compile("(\\d{1,19}:\\d{1,19}:[\\d,]{0,4000})@(\\d{1,12})");
    private static final String NOW =
            "select pg_current_snapshot()::text as now_at, '{}'::text[] as subjects, false as lost";
    private static final String SINCE = """
            select pg_current_snapshot()::text as now_at,
                   array(select * from identity_changes($1::text::pg_snapshot, $2)) as subjects,
                   pg_snapshot_xmax($1::text::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) as lost""";

    private final Tables tables;
    private final Clock clock;

    Feed(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    Uni<Changes> changes(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return ask(NOW, Tuple.tuple(), false);
        }
        var parts = CURSOR.matcher(cursor.get());
        if (!parts.matches() || Long.parseLong(parts.group(2)) < clock.instant().getEpochSecond() - MOST_SECONDS) {
            return ask(NOW, Tuple.tuple(), true);
        }
        return ask(SINCE, Tuple.of(parts.group(1), MOST + 1), false)
                .onFailure(io.vertx.pgclient.PgException.class)
                .recoverWithUni(() -> ask(NOW, Tuple.tuple(), true));
    }

    private Uni<Changes> ask(String query, Tuple parameters, boolean lost) {
        return tables.call(query, parameters)
                .map(rows -> changes(rows.iterator().next(), lost));
    }

    private Changes changes(Row row, boolean lost) {
        String[] subjects = row.getArrayOfStrings("subjects");
        boolean all = lost || row.getBoolean("lost") || subjects.length > MOST;
        return new Changes(
                row.getString("now_at") + "@" + clock.instant().getEpochSecond(),
                all ? Set.of() : Arrays.stream(subjects).map(Subject::new).collect(Collectors.toSet()),
                all);
    }
}
