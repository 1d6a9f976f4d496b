package dev.hearth.auth.identity;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What members of a household see of each other.
public record Roommate(UUID id, Optional<String> name, Member.Role role, Instant joinedAt) {
    static final String ALL = "select account, name, role, joined_at from members_of($1, $2)";

    static Roommate of(Row row) {
        return new Roommate(
                row.getUUID("account"),
                Optional.ofNullable(row.getString("name")),
                Member.Role.valueOf(row.getString("role")),
                row.getOffsetDateTime("joined_at").toInstant());
    }
}
