package dev.hearth.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcIdentityProvider;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Remembers for a moment which tokens were verified, because a device sends the same one with every request and a
/// signature costs more than an append. Only what was accepted is remembered, byte for byte, and never beyond the
/// token's own end.
@ApplicationScoped
public class VerifiedTokens implements IdentityProvider<TokenAuthenticationRequest> {
    /// So long is a token still taken whose key Keycloak has withdrawn.
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private static final int MAX_TOKENS = 2_000;

    private final IdentityProvider<TokenAuthenticationRequest> verifier;
    private final InstantSource clock;
    private final Cache<String, SecurityIdentity> verified = Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfterWrite(REMEMBERED)
            .build();

    @Inject
    VerifiedTokens(OidcIdentityProvider verifier) {
        this(verifier, InstantSource.system());
    }

    VerifiedTokens(IdentityProvider<TokenAuthenticationRequest> verifier, InstantSource clock) {
        this.verifier = verifier;
        this.clock = clock;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /// Asked instead of the verifier.
    @Override
    public int priority() {
        return SYSTEM_FIRST + 100;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        if (!(request.getToken() instanceof AccessTokenCredential token)) {
            return verifier.authenticate(request, context);
        }
        var known = verified.getIfPresent(token.getToken());
        if (known != null && lasts(known)) {
            return Uni.createFrom().item(known);
        }
        return verifier.authenticate(request, context).invoke(identity -> remember(token, identity));
    }

    private boolean lasts(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token
                && token.getExpirationTime() > clock.instant().getEpochSecond();
    }

    private void remember(AccessTokenCredential token, SecurityIdentity identity) {
        if (identity != null && lasts(identity)) {
            verified.put(token.getToken(), withoutRequest(identity));
        }
    }

    /// It comes with the request that brought the token, which must not outlive its answer.
    private static SecurityIdentity withoutRequest(SecurityIdentity identity) {
        var copy = QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .addCredentials(identity.getCredentials());
        identity.getAttributes().forEach((name, value) -> {
            if (!(value instanceof RoutingContext)) {
                copy.addAttribute(name, value);
            }
        });
        return copy.build();
    }
}
