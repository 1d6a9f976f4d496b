package dev.hearth.auth.identity;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What administrators see of everybody. The functions behind it look for themselves whether an administrator asks.
@ApplicationScoped
public class Administration {
    private static final String ACCOUNTS = """
            select id, email, name, state, admin, created_at, seen_at, sessions, tokens
            from accounts_for($1, $2, $3, $4)""";
    private static final String AUDIT = "select id, at, actor, action, subject from audit_for($1, $2, $3)";
    private static final String FIGURES = """
            select accounts, active, pending, disabled, sessions, tokens, households from figures_for($1)""";

    public record Person(
            UUID id,
            Optional<String> email,
            Optional<String> name,
            AccountState state,
            boolean admin,
            Instant createdAt,
            Optional<Instant> seenAt,
            long sessions,
            long tokens) {}

    public record Entry(long id, Instant at, Optional<String> actor, String action, String subject) {}

    public record Figures(
            long accounts, long active, long pending, long disabled, long sessions, long tokens, long households) {}

    private final Tables tables;

    Administration(Tables tables) {
        this.tables = tables;
    }

    public Uni<List<Person>> people(UUID admin, Optional<UUID> after, Optional<String> search, int limit) {
        return tables.call(ACCOUNTS, Tuple.of(admin, after.orElse(null), search.orElse(null), limit))
                .map(rows -> all(rows, Administration::person));
    }

    public Uni<List<Entry>> audit(UUID admin, Optional<Long> before, int limit) {
        return tables.call(AUDIT, Tuple.of(admin, before.orElse(null), limit))
                .map(rows -> all(rows, Administration::entry));
    }

    public Uni<Optional<Figures>> figures(UUID admin) {
        return tables.call(FIGURES, Tuple.of(admin))
                .map(rows -> all(rows, Administration::figures).stream().findFirst());
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    private static Person person(Row row) {
        return new Person(
                row.getUUID("id"),
                Optional.ofNullable(row.getString("email")),
                Optional.ofNullable(row.getString("name")),
                AccountState.valueOf(row.getString("state")),
                row.getBoolean("admin"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("seen_at")),
                row.getLong("sessions"),
                row.getLong("tokens"));
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.getLong("id"),
                row.getOffsetDateTime("at").toInstant(),
                Optional.ofNullable(row.getString("actor")),
                row.getString("action"),
                row.getString("subject"));
    }

    private static Figures figures(Row row) {
        return new Figures(
                row.getLong("accounts"),
                row.getLong("active"),
                row.getLong("pending"),
                row.getLong("disabled"),
                row.getLong("sessions"),
                row.getLong("tokens"),
                row.getLong("households"));
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
