package dev.hearth.caller;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/// Lets in by a token that was verified a moment ago, before Quarkus takes it apart to find out how to verify it: that
/// costs a quarter of an append. Whatever is not remembered, or not plainly one bearer token, is left to Quarkus.
@ApplicationScoped
public class RememberedTokens implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    private final VerifiedTokens tokens;

    RememberedTokens(VerifiedTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        return Uni.createFrom().optional(bearer(context).flatMap(tokens::remembered));
    }

    private static Optional<String> bearer(RoutingContext context) {
        var headers = context.request().headers().getAll("Authorization");
        return headers.size() == 1 && headers.getFirst().startsWith(SCHEME)
                ? Optional.of(headers.getFirst().substring(SCHEME.length()))
                : Optional.empty();
    }

    /// The token mechanism says what is missing.
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    /// Before Quarkus' own.
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 100;
    }
}
