package dev.hearth.caller;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/// Lets in by the session's cookie. A request that has an `Authorization` is judged by that alone, whatever cookies
/// come along.
@ApplicationScoped
public class SessionCookies implements HttpAuthenticationMechanism {
    private final Holders holders;
    private final CrossSite crossSite;

    SessionCookies(Holders holders, CrossSite crossSite) {
        this.holders = holders;
        this.crossSite = crossSite;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        var request = context.request();
        var cookie = request.getCookie(Credential.SESSION_COOKIE);
        if (cookie == null || request.headers().contains("Authorization")) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom().deferred(() -> {
            crossSite.check(request);
            return holders.identity(new Credential.SessionCookie(cookie.getValue()));
        });
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

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY - 100;
    }
}
