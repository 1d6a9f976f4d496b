package dev.hearth.auth.identity;

import dev.hearth.auth.AuthConfig;
import dev.hearth.caller.Credential.SessionCookie;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/// Browsers and faces that are signed in by a cookie.
@ApplicationScoped
public class CookieSessions {
    private static final String OF = """
            select id, account, state, admin, households, seen_at, expires_at, stepped_up_at, login
            from session_of($1)""";
    private static final String MINE = "from CookieSession s where s.account = :user order by s.seenAt desc, s.id";

    /// A session and its secret, which nobody sees again.
    public record Started(CookieSession session, SessionCookie cookie) {}

    private final Tables tables;
    private final Outbox outbox;
    private final SessionLimits limits;
    private final int most;
    private final Clock clock;

    CookieSessions(Tables tables, Outbox outbox, AuthConfig config, Clock clock) {
        this.tables = tables;
        this.outbox = outbox;
        this.limits = new SessionLimits(
                config.session().idle(),
                config.session().longest(),
                config.session().noted());
        this.most = config.session().most();
        this.clock = clock;
    }

    /// The session with this secret, unless it has ended. That it was used is noted.
    public Uni<Optional<SessionRow>> find(SessionCookie cookie) {
        var now = clock.instant();
        return row(cookie).flatMap(row -> {
            if (row.isEmpty() || !row.get().isGood(limits, now)) {
                return Uni.createFrom().item(Optional.empty());
            }
            return noted(cookie, row.get(), now).replaceWith(row);
        });
    }

    public SessionLimits limits() {
        return limits;
    }

    private Uni<Optional<SessionRow>> row(SessionCookie cookie) {
        return tables.call(OF, Tuple.of(SecretHash.of(cookie)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(SessionRow::of));
    }

    private Uni<Void> noted(SessionCookie cookie, SessionRow row, Instant now) {
        if (!limits.isWorthNoting(row.seenAt(), now)) {
            return Uni.createFrom().voidItem();
        }
        return tables.call("select session_used($1, $2)", Tuple.of(SecretHash.of(cookie), now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /// Signs a user in, who proved then who they are. The session that this browser had so far, if it had one, ends.
    public Uni<Started> start(
            UUID user, String device, Optional<String> login, Optional<Instant> provenAt, Optional<SessionRow> before) {
        return before.map(this::end)
                .orElse(Uni.createFrom().voidItem())
                .flatMap(_ -> tables.inTransaction(of(user), tx -> start(tx, user, device, login, provenAt)));
    }

    private Uni<Started> start(
            Mutiny.Session tx, UUID user, String device, Optional<String> login, Optional<Instant> provenAt) {
        var now = clock.instant();
        var cookie = new SessionCookie(SecretHash.newSecret());
        var session = new CookieSession(user, SecretHash.of(cookie), device, login, provenAt, now, limits.end(now));
        return makeRoom(tx, user)
                .flatMap(_ -> tx.persist(session))
                .flatMap(_ -> outbox.tell(tx, IdentityEvent.session("session-started", session)))
                .replaceWith(new Started(session, cookie));
    }

    private Uni<Void> makeRoom(Mutiny.Session tx, UUID user) {
        return mine(tx, user).flatMap(known -> {
            var unused = known.size() < most ? List.<CookieSession>of() : known.subList(most - 1, known.size());
            return endAll(tx, unused);
        });
    }

    /// The password was given again: another secret for the same session. Empty when it has ended meanwhile.
    public Uni<Optional<Started>> stepUp(SessionRow row) {
        return tables.inTransaction(
                of(row.account()),
                tx -> tx.find(CookieSession.class, row.id()).flatMap(session -> {
                    if (session == null) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    var cookie = new SessionCookie(SecretHash.newSecret());
                    session.stepUp(SecretHash.of(cookie), clock.instant());
                    return outbox.tell(tx, IdentityEvent.session("session-stepped-up", session))
                            .replaceWith(Optional.of(new Started(session, cookie)));
                }));
    }

    public Uni<Void> end(SessionRow row) {
        return end(row.account(), row.id()).replaceWithVoid();
    }

    /// Ends one of the user's sessions and gives it back; empty when they have no such session.
    public Uni<Optional<CookieSession>> end(UUID user, UUID session) {
        return tables.inTransaction(
                of(user),
                tx -> tx.find(CookieSession.class, session)
                        .flatMap(found -> found == null
                                ? Uni.createFrom().item(Optional.empty())
                                : endAll(tx, List.of(found)).replaceWith(Optional.of(found))));
    }

    /// Ends all of the user's sessions but one, and gives those back.
    public Uni<List<CookieSession>> endOthers(UUID user, Optional<UUID> kept) {
        return tables.inTransaction(
                of(user),
                tx -> mine(tx, user).flatMap(all -> {
                    var others = all.stream()
                            .filter(session -> kept.isEmpty() || !session.id().equals(kept.get()))
                            .toList();
                    return endAll(tx, others).replaceWith(others);
                }));
    }

    Uni<Void> endAll(Mutiny.Session tx, UUID user) {
        return mine(tx, user).flatMap(all -> endAll(tx, all));
    }

    /// The user's sessions that have not ended, the one used last first.
    public Uni<List<CookieSession>> list(UUID user) {
        var now = clock.instant();
        return tables.inTransaction(of(user), tx -> mine(tx, user))
                .map(all -> all.stream()
                        .filter(session -> !limits.hasEnded(session.seenAt(), session.expiresAt(), now))
                        .toList());
    }

    private static Uni<List<CookieSession>> mine(Mutiny.Session tx, UUID user) {
        return tx.createSelectionQuery(MINE, CookieSession.class)
                .setParameter("user", user)
                .getResultList();
    }

    private Uni<Void> endAll(Mutiny.Session tx, List<CookieSession> sessions) {
        var done = Uni.createFrom().voidItem();
        for (CookieSession session : sessions) {
            done = done.flatMap(_ -> tx.remove(session))
                    .flatMap(_ -> outbox.tell(tx, IdentityEvent.sessionEnded(session.id())));
        }
        return done;
    }

    private static Caller of(UUID user) {
        return Caller.of(Principal.user(user));
    }
}
