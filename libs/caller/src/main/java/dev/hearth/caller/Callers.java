package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.problems.ProblemException;
import dev.hearth.problems.Problems;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Makes a `Caller` of a verified identity.
public final class Callers {
    private Callers() {}

    /// The caller behind a verified token; a problem when there is none.
    public static Caller of(SecurityIdentity identity) {
        return find(identity).orElseThrow(() -> new ProblemException(Problems.TOKEN_MISSING));
    }

    public static Optional<Caller> find(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Caller.of(Principal.user(UUID.fromString(token.getSubject()))));
        } catch (IllegalArgumentException | NullPointerException notOurs) {
            throw new ProblemException(Problems.TOKEN_REFUSED);
        }
    }

    /// When the identity's token ends; streams end then too.
    public static Optional<Instant> expiry(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? Optional.of(Instant.ofEpochSecond(token.getExpirationTime()))
                : Optional.empty();
    }
}
