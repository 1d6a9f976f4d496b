package dev.hearth.caller.http;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/// The access token with which this service calls others; one until shortly before its end. A Keycloak that is being
/// started may take a request and never answer it; then it is asked again, rather than waited for by everybody from
/// then on.
public final class ServiceToken implements Supplier<Uni<String>> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OidcClient identityProvider;
    private volatile TokensHelper tokens = new TokensHelper();

    public ServiceToken(OidcClient identityProvider) {
        this.identityProvider = identityProvider;
    }

    @Override
    public Uni<String> get() {
        return tokens.getTokens(identityProvider)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure(TimeoutException.class)
                .invoke(() -> tokens = new TokensHelper())
                .map(Tokens::getAccessToken);
    }
}
