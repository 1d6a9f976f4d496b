package dev.hearth.auth.tokens;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.Given;
import dev.hearth.auth.StepUp;
import dev.hearth.auth.identity.ApiTokens;
import dev.hearth.auth.identity.IssuedToken;
import dev.hearth.caller.Callers;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StoreId;
import dev.hearth.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// The caller's own API tokens.
@Path("/api/v1/tokens")
@Authenticated
@Tag(name = "tokens")
public class TokensResource {

    public record Token(
            UUID id,
            String name,
            List<String> scopes,
            Optional<List<String>> stores,
            Instant createdAt,
            Optional<Instant> usedAt,
            Instant expiresAt) {

        static Token of(IssuedToken token) {
            return new Token(
                    token.id(),
                    token.name(),
                    scopes(token.rights()),
                    token.rights()
                            .stores()
                            .map(some -> some.stream()
                                    .map(StoreId::toString)
                                    .sorted()
                                    .toList()),
                    token.createdAt(),
                    token.usedAt(),
                    token.expiresAt());
        }

        private static List<String> scopes(Rights rights) {
            return Stream.of(rights.read() ? "read" : "", rights.write() ? "write" : "")
                    .filter(scope -> !scope.isEmpty())
                    .toList();
        }
    }

    /// `secret` is shown this once.
    public record Issued(Token token, String secret) {
        @Override
        public String toString() {
            return "Issued[" + token.id() + "]";
        }
    }

    private final CurrentIdentityAssociation identity;
    private final ApiTokens tokens;
    private final StepUp stepUp;
    private final AuthConfig.Token config;
    private final Clock clock;

    TokensResource(
            CurrentIdentityAssociation identity, ApiTokens tokens, StepUp stepUp, AuthConfig config, Clock clock) {
        this.identity = identity;
        this.tokens = tokens;
        this.stepUp = stepUp;
        this.config = config.token();
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listTokens", summary = "The caller's API tokens, without their secrets")
    public Uni<List<Token>> list() {
        return user().flatMap(tokens::list)
                .map(all -> all.stream().map(Token::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "issueToken",
            summary = "Makes an API token and shows its secret, once",
            description = "A session has to have given the password within the last minutes: see /auth/step-up.")
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Issued.class)))
    public Uni<Issued> issue(NewToken wanted) {
        var name = Given.body(wanted).checkedName();
        var rights = wanted.rights();
        var end = wanted.end(clock.instant(), config.usual(), config.longest());
        return identity.getDeferredIdentity()
                .invoke(stepUp::check)
                .map(verified -> Callers.of(verified).user().id())
                .flatMap(user -> tokens.issue(user, name, rights, end))
                .map(issued -> issued.orElseThrow(this::tooMany))
                .map(issued ->
                        new Issued(Token.of(issued.token()), issued.secret().value()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeToken", summary = "Ends an API token")
    public Uni<Void> revoke(@PathParam("id") String id) {
        return user().flatMap(user -> tokens.revoke(user, parsed(id))).map(revoked -> {
            if (!revoked) {
                throw missing();
            }
            return null;
        });
    }

    private Uni<UUID> user() {
        return identity.getDeferredIdentity()
                .map(verified -> Callers.of(verified).user().id());
    }

    private ProblemException tooMany() {
        return new ProblemException(
                ProblemType.TOO_MANY_REQUESTS,
                "An account has at most " + config.most() + " API tokens; revoke one that is not used any more.");
    }

    private static UUID parsed(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException none) {
            throw missing();
        }
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemType.NOT_FOUND, "The caller has no such API token.");
    }
}
