package dev.hearth.auth.administer;

import dev.hearth.auth.Given;
import dev.hearth.auth.StepUp;
import dev.hearth.auth.identity.AccountState;
import dev.hearth.auth.identity.Accounts;
import dev.hearth.auth.identity.Administration;
import dev.hearth.auth.identity.Administration.Entry;
import dev.hearth.auth.identity.Administration.Figures;
import dev.hearth.auth.identity.Administration.Person;
import dev.hearth.auth.identity.CookieSessions;
import dev.hearth.auth.keycloak.KeycloakPeople;
import dev.hearth.caller.Callers;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import dev.hearth.problems.Problems;
import io.quarkus.logging.Log;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Accounts, as those see them who administer this server.
@Path("/api/v1/admin")
@RolesAllowed(Callers.ADMIN_ROLE)
@Tag(name = "administration")
public class AdminResource {
    private static final int MOST = 200;
    private static final int MOST_SEARCH = 255;

    public record User(
            UUID id,
            Optional<String> email,
            Optional<String> name,
            String state,
            boolean admin,
            Instant createdAt,
            Optional<Instant> seenAt,
            long sessions,
            long tokens) {
        static User of(Person person) {
            return new User(
                    person.id(),
                    person.email(),
                    person.name(),
                    person.state().name().toLowerCase(Locale.ROOT),
                    person.admin(),
                    person.createdAt(),
                    person.seenAt(),
                    person.sessions(),
                    person.tokens());
        }
    }

    /// `active` (which also approves) or `disabled`.
    public record NewState(String state) {}

    private final CurrentIdentityAssociation identity;
    private final Administration administration;
    private final Accounts accounts;
    private final CookieSessions sessions;
    private final KeycloakPeople keycloak;
    private final StepUp stepUp;
    private final Clock clock;

    AdminResource(
            CurrentIdentityAssociation identity,
            Administration administration,
            Accounts accounts,
            CookieSessions sessions,
            KeycloakPeople keycloak,
            StepUp stepUp,
            Clock clock) {
        this.identity = identity;
        this.administration = administration;
        this.accounts = accounts;
        this.sessions = sessions;
        this.keycloak = keycloak;
        this.stepUp = stepUp;
        this.clock = clock;
    }

    @GET
    @Path("/users")
    @Operation(operationId = "listUsers", summary = "Accounts, in the order of their ids; `after` is the last one seen")
    public Uni<List<User>> users(
            @QueryParam("after") Optional<String> after,
            @QueryParam("search") Optional<String> search,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        int most = limited(limit);
        var from = after.map(AdminResource::id);
        search.filter(text -> text.length() > MOST_SEARCH || text.chars().anyMatch(Character::isISOControl))
                .ifPresent(_ -> {
                    throw new ProblemException(
                            ProblemType.INVALID_REQUEST, "\"search\" has at most 255 visible characters.");
                });
        return admin().flatMap(admin -> administration.people(admin, from, search, most))
                .map(all -> all.stream().map(User::of).toList());
    }

    @PUT
    @Path("/users/{user}/state")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "setUserState", summary = "Approves, disables or enables an account, within seconds")
    public Uni<Void> setState(@PathParam("user") String user, NewState wanted) {
        var id = id(user);
        var state = state(Given.body(wanted).state());
        return fresh().flatMap(admin -> {
            if (admin.equals(id)) {
                throw new ProblemException(ProblemType.FORBIDDEN, "Nobody disables or approves themselves.");
            }
            var type = state == AccountState.ACTIVE ? "account-enabled" : "account-disabled";
            return accounts.administer(admin, id, type, account -> account.become(state))
                    .invoke(AdminResource::known)
                    .replaceWithVoid();
        });
    }

    @POST
    @Path("/users/{user}/logout")
    @Operation(operationId = "forceLogout", summary = "Ends all sessions and logins of an account; API tokens go on")
    @APIResponse(responseCode = "204", description = "They are ended")
    public Uni<Void> logout(@PathParam("user") String user) {
        var id = id(user);
        var now = clock.instant();
        return admin().flatMap(
                        admin -> accounts.administer(admin, id, "logins-ended", account -> account.endLogins(now)))
                .invoke(AdminResource::known)
                .flatMap(_ -> sessions.endOthers(id, Optional.empty()))
                .flatMap(_ -> keycloak.endLogins(id)
                        .onFailure()
                        .invoke(_ -> Log.warn("logins at keycloak could not be ended"))
                        .onFailure()
                        .recoverWithNull());
    }

    @GET
    @Path("/audit")
    @Operation(operationId = "listAudit", summary = "Who did what to which id, the newest first; `before` goes on")
    public Uni<List<Entry>> audit(
            @QueryParam("before") Optional<Long> before, @QueryParam("limit") @DefaultValue("50") int limit) {
        int most = limited(limit);
        return admin().flatMap(admin -> administration.audit(admin, before, most));
    }

    @GET
    @Path("/figures")
    @Operation(
            operationId = "showFigures",
            summary = "How many accounts, sessions, API tokens and households there are")
    public Uni<Figures> figures() {
        return admin().flatMap(administration::figures)
                .map(found -> found.orElseThrow(() -> new ProblemException(Problems.FORBIDDEN)));
    }

    private Uni<UUID> admin() {
        return identity.getDeferredIdentity()
                .map(verified -> Callers.of(verified).user().id());
    }

    /// An administrator who may also change something.
    private Uni<UUID> fresh() {
        return identity.getDeferredIdentity()
                .invoke(stepUp::check)
                .map(verified -> Callers.of(verified).user().id());
    }

    private static void known(Optional<?> account) {
        if (account.isEmpty()) {
            throw missing();
        }
    }

    private static int limited(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "\"limit\" is 1 to " + MOST + ".");
        }
        return limit;
    }

    private static AccountState state(@Nullable String text) {
        if ("active".equals(text)) {
            return AccountState.ACTIVE;
        }
        if ("disabled".equals(text)) {
            return AccountState.DISABLED;
        }
        throw new ProblemException(ProblemType.INVALID_REQUEST, "A state is \"active\" or \"disabled\".");
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            throw missing();
        }
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such account.");
    }
}
