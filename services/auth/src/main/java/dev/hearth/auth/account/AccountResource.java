package dev.hearth.auth.account;

import dev.hearth.caller.Callers;
import dev.hearth.contracts.Principal;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The caller's own account.
@Path("/api/v1/account")
@Authenticated
@Tag(name = "account")
public class AccountResource {

    /// `principals` are those under which the caller owns and reaches stores; `expiresAt` is when the token ends.
    public record Account(UUID id, Optional<String> email, List<String> principals, Optional<Instant> expiresAt) {}

    private final CurrentIdentityAssociation identity;

    AccountResource(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    @GET
    @Operation(operationId = "whoAmI", summary = "Who the token speaks for")
    public Account account() {
        var verified = identity.getIdentity();
        var caller = Callers.of(verified);
        Optional<String> email = verified.getPrincipal() instanceof JsonWebToken token
                ? Optional.ofNullable(token.getClaim("email"))
                : Optional.empty();
        return new Account(
                caller.user().id(),
                email,
                caller.principals().stream().map(Principal::toString).sorted().toList(),
                Callers.expiry(verified));
    }
}
