package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import dev.hearth.problems.ProblemException;
import dev.hearth.problems.Problems;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Makes a `Caller` of a verified identity.
public final class Callers {
    /// The realm role of those who administer this server. No API token has it.
    public static final String ADMIN_ROLE = "admin";

    static final String CALLER = "hearth.caller";
    static final String HOLDER = "hearth.holder";
    static final String PRESENTED = "hearth.presented";

    private Callers() {}

    /// The caller behind a verified credential; a problem when there is none.
    public static Caller of(SecurityIdentity identity) {
        return find(identity).orElseThrow(() -> new ProblemException(Problems.TOKEN_MISSING));
    }

    /// Empty also for a service, which is nobody's caller: it says on whose behalf it acts.
    public static Optional<Caller> find(SecurityIdentity identity) {
        return Optional.ofNullable(identity.<Caller>getAttribute(CALLER));
    }

    /// The session or API token that was shown; empty for an access token.
    public static Optional<Holder> holder(SecurityIdentity identity) {
        return Optional.ofNullable(identity.<Holder>getAttribute(HOLDER));
    }

    /// When the identity's credential ends; streams end then too.
    public static Optional<Instant> expiry(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? Optional.of(Instant.ofEpochSecond(token.getExpirationTime()))
                : holder(identity).map(Holder::expiresAt);
    }
}
