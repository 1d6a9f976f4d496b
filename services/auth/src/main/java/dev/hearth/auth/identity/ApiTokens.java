package dev.hearth.auth.identity;

import dev.hearth.auth.AuthConfig;
import dev.hearth.caller.Credential;
import dev.hearth.caller.Credential.ApiToken;
import dev.hearth.caller.Holder;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Rights;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// API tokens that people made for programs of theirs.
@ApplicationScoped
public class ApiTokens {
    private static final Duration NOTED = Duration.ofMinutes(1);
    private static final String OF = """
            select id, account, state, households, can_read, can_write, stores, used_at, expires_at
            from api_token_of($1)""";
    private static final String MINE = "from IssuedToken t where t.account = :user order by t.createdAt, t.id";

    /// A token and its secret, which nobody sees again.
    public record Issued(IssuedToken token, ApiToken secret) {}

    private final Tables tables;
    private final Outbox outbox;
    private final int most;
    private final Clock clock;

    ApiTokens(Tables tables, Outbox outbox, AuthConfig config, Clock clock) {
        this.tables = tables;
        this.outbox = outbox;
        this.most = config.token().most();
        this.clock = clock;
    }

    Uni<Optional<Holder>> holderOf(ApiToken secret) {
        var hash = SecretHash.of(secret);
        return tables.call(OF, Tuple.of(hash))
                .flatMap(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .filter(this::isGood)
                        .map(row -> noted(hash, row).replaceWith(Optional.of(holder(row))))
                        .orElse(Uni.createFrom().item(Optional.empty())));
    }

    private boolean isGood(Row row) {
        return AccountState.valueOf(row.getString("state")).refusal().isEmpty()
                && clock.instant().isBefore(instant(row, "expires_at"));
    }

    private static Holder holder(Row row) {
        var rights = IssuedToken.rights(
                row.getBoolean("can_read"), row.getBoolean("can_write"), row.getArrayOfUUIDs("stores"));
        return new Holder(
                SessionRow.caller(row.getUUID("account"), SessionRow.households(row), rights),
                row.getUUID("id"),
                Holder.Kind.API_TOKEN,
                Set.of(),
                instant(row, "expires_at"),
                Optional.empty());
    }

    private Uni<Void> noted(byte[] hash, Row row) {
        var now = clock.instant();
        @Nullable OffsetDateTime before = row.getOffsetDateTime("used_at");
        if (before != null && now.isBefore(before.toInstant().plus(NOTED))) {
            return Uni.createFrom().voidItem();
        }
        return tables.call("select api_token_used($1, $2)", Tuple.of(hash, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /// Empty when the user has as many as allowed.
    public Uni<Optional<Issued>> issue(UUID user, String name, Rights rights, Instant expiresAt) {
        return tables.inTransaction(
                of(user),
                tx -> mine(tx, user).flatMap(known -> {
                    if (known.size() >= most) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    var secret = new ApiToken(Credential.API_TOKEN_PREFIX + SecretHash.newSecret());
                    var token = new IssuedToken(user, SecretHash.of(secret), name, rights, clock.instant(), expiresAt);
                    return tx.persist(token)
                            .flatMap(_ -> outbox.tell(tx, IdentityEvent.token(user, token)))
                            .replaceWith(Optional.of(new Issued(token, secret)));
                }));
    }

    public Uni<List<IssuedToken>> list(UUID user) {
        return tables.inTransaction(of(user), tx -> mine(tx, user));
    }

    /// False when the user has no such token.
    public Uni<Boolean> revoke(UUID user, UUID id) {
        return tables.inTransaction(
                of(user),
                tx -> tx.find(IssuedToken.class, id)
                        .flatMap(token -> token == null
                                ? Uni.createFrom().item(false)
                                : tx.remove(token)
                                        .flatMap(_ -> outbox.tell(tx, IdentityEvent.tokenRevoked(id)))
                                        .replaceWith(true)));
    }

    Uni<Void> revokeAll(Mutiny.Session tx, UUID user) {
        return mine(tx, user).flatMap(all -> {
            var done = Uni.createFrom().voidItem();
            for (IssuedToken token : all) {
                done = done.flatMap(_ -> tx.remove(token))
                        .flatMap(_ -> outbox.tell(tx, IdentityEvent.tokenRevoked(token.id())));
            }
            return done;
        });
    }

    private static Uni<List<IssuedToken>> mine(Mutiny.Session tx, UUID user) {
        return tx.createSelectionQuery(MINE, IssuedToken.class)
                .setParameter("user", user)
                .getResultList();
    }

    private static Caller of(UUID user) {
        return Caller.of(Principal.user(user));
    }
}
