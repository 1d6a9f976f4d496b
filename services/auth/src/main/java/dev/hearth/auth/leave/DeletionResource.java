package dev.hearth.auth.leave;

import dev.hearth.auth.Given;
import dev.hearth.auth.StepUp;
import dev.hearth.auth.identity.Deletion;
import dev.hearth.auth.identity.Deletions;
import dev.hearth.auth.keycloak.KeycloakPeople;
import dev.hearth.caller.Callers;
import dev.hearth.caller.CookieSettings;
import io.quarkus.logging.Log;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// Where somebody asks to have their account deleted. A POST, as what is typed goes along, and a DELETE has no body.
@Path("/api/v1/account/deletion")
@Authenticated
@Tag(name = "account")
public class DeletionResource {
    /// The account's e-mail address, typed by whoever wants to be gone; its id, if it has no address.
    public record Confirmation(String email) {
        @Override
        public String toString() {
            return "Confirmation[hidden]";
        }
    }

    /// Until `dueAt` the account can be kept.
    public record Leaving(Instant requestedAt, Instant dueAt) {
        static Leaving of(Deletion deletion) {
            return new Leaving(deletion.requestedAt(), deletion.dueAt());
        }
    }

    private final CurrentIdentityAssociation identity;
    private final Deletions deletions;
    private final KeycloakPeople keycloak;
    private final CookieSettings cookies;
    private final StepUp stepUp;

    DeletionResource(
            CurrentIdentityAssociation identity,
            Deletions deletions,
            KeycloakPeople keycloak,
            CookieSettings cookies,
            StepUp stepUp) {
        this.identity = identity;
        this.deletions = deletions;
        this.keycloak = keycloak;
        this.cookies = cookies;
        this.stepUp = stepUp;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "deleteAccount",
            summary = "Has the caller's account deleted, after some days in which it can be kept",
            description = "All sessions, logins and API tokens end at once, this one too.")
    @APIResponse(
            responseCode = "202",
            description = "The account will be deleted",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Leaving.class)))
    public Uni<RestResponse<Leaving>> delete(Confirmation confirmation) {
        var typed = Given.body(confirmation).email();
        return identity.getDeferredIdentity()
                .invoke(stepUp::check)
                .map(verified -> Callers.of(verified).user().id())
                .flatMap(user ->
                        deletions.request(user, typed == null ? "" : typed).call(() -> endLogins(user)))
                .map(deletion -> ResponseBuilder.create(Status.ACCEPTED, Leaving.of(deletion))
                        .cookie(cookies.gone())
                        .header("Cache-Control", "no-store")
                        .build());
    }

    /// That Keycloak may be away changes nothing: no token of before counts.
    private Uni<Void> endLogins(UUID user) {
        return keycloak.endLogins(user)
                .onFailure()
                .invoke(_ -> Log.warn("logins at keycloak could not be ended"))
                .onFailure()
                .recoverWithNull();
    }
}
