package dev.hearth.auth.account;

import dev.hearth.auth.identity.CookieSession;
import dev.hearth.auth.identity.CookieSessions;
import dev.hearth.auth.keycloak.EndedLogins;
import dev.hearth.caller.Callers;
import dev.hearth.caller.Holder;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The caller's own sessions: where they are signed in by a cookie.
@Path("/api/v1/account/sessions")
@Authenticated
@Tag(name = "account")
public class SessionsResource {
    /// `current` is the session that asks.
    public record Signed(
            UUID id, String device, boolean current, Instant createdAt, Instant seenAt, Instant expiresAt) {}

    /// How many were ended.
    public record Ended(int ended) {}

    private final CurrentIdentityAssociation identity;
    private final CookieSessions sessions;
    private final EndedLogins logins;

    SessionsResource(CurrentIdentityAssociation identity, CookieSessions sessions, EndedLogins logins) {
        this.identity = identity;
        this.sessions = sessions;
        this.logins = logins;
    }

    @GET
    @Operation(operationId = "listSessions", summary = "Where the caller is signed in, the session used last first")
    public Uni<List<Signed>> list() {
        return identity.getDeferredIdentity()
                .flatMap(verified -> sessions.list(user(verified))
                        .map(all -> all.stream()
                                .map(session -> signed(session, current(verified)))
                                .toList()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "endSession", summary = "Ends one of the caller's sessions")
    public Uni<Void> end(@PathParam("id") String id) {
        return identity.getDeferredIdentity()
                .flatMap(verified -> sessions.end(user(verified), parsed(id)))
                .flatMap(ended -> logins.end(List.of(ended.orElseThrow(SessionsResource::missing))));
    }

    @DELETE
    @Operation(operationId = "endOtherSessions", summary = "Ends all of the caller's sessions but the one that asks")
    public Uni<Ended> endOthers() {
        return identity.getDeferredIdentity()
                .flatMap(verified -> sessions.endOthers(user(verified), current(verified)))
                .flatMap(ended -> logins.end(ended).replaceWith(new Ended(ended.size())));
    }

    private static UUID user(SecurityIdentity verified) {
        return Callers.of(verified).user().id();
    }

    private static Optional<UUID> current(SecurityIdentity verified) {
        return Callers.holder(verified).map(Holder::id);
    }

    private Signed signed(CookieSession session, Optional<UUID> current) {
        return new Signed(
                session.id(),
                session.device(),
                current.filter(session.id()::equals).isPresent(),
                session.createdAt(),
                session.seenAt(),
                sessions.limits().endUnused(session.seenAt(), session.expiresAt()));
    }

    private static UUID parsed(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException none) {
            throw missing();
        }
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemType.NOT_FOUND, "The caller has no such session.");
    }
}
