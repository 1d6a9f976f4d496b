package dev.hearth.auth.identity;

import dev.hearth.caller.Holder;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Rights;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A session as it was found by its secret, with how its user stands.
public record SessionRow(
        UUID id,
        UUID account,
        AccountState state,
        boolean admin,
        Set<Principal> households,
        Instant seenAt,
        Instant expiresAt,
        Optional<Instant> steppedUpAt,
        Optional<String> login) {

    static SessionRow of(Row row) {
        return new SessionRow(
                row.getUUID("id"),
                row.getUUID("account"),
                AccountState.valueOf(row.getString("state")),
                row.getBoolean("admin"),
                households(row),
                row.getOffsetDateTime("seen_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("stepped_up_at")).map(time -> time.toInstant()),
                Optional.ofNullable(row.getString("login")));
    }

    static Set<Principal> households(Row row) {
        var principals = new HashSet<Principal>();
        Arrays.stream(row.getArrayOfUUIDs("households"))
                .map(Principal::household)
                .forEach(principals::add);
        return principals;
    }

    /// Itself and its households.
    static Caller caller(UUID account, Set<Principal> households, Rights rights) {
        var principals = new HashSet<>(households);
        var user = Principal.user(account);
        principals.add(user);
        return new Caller(user, principals, rights);
    }

    public boolean isGood(SessionLimits limits, Instant now) {
        return state.refusal().isEmpty() && !limits.hasEnded(seenAt, expiresAt, now);
    }

    Holder holder(SessionLimits limits, Instant now) {
        return new Holder(
                caller(account, households, Rights.ALL),
                id,
                Holder.Kind.SESSION,
                admin ? Set.of("admin") : Set.of(),
                limits.endUnused(limits.isWorthNoting(seenAt, now) ? now : seenAt, expiresAt),
                steppedUpAt);
    }
}
