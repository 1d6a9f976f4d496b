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
/// then on. And it may give a token before it knows what this service may; whoever is refused with one says so.
public final class ServiceToken implements Supplier<Uni<String>> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OidcClient identityProvider;
    private final Duration patience;
    private volatile TokensHelper tokens = new TokensHelper();

    public ServiceToken(OidcClient identityProvider) {
        this(identityProvider, PATIENCE);
    }

    ServiceToken(OidcClient identityProvider, Duration patience) {
        this.identityProvider = identityProvider;
        this.patience = patience;
    }

    /// The token was not good enough: the next is a new one.
    public void refused() {
        tokens = new TokensHelper();
    }

    @Override
    public Uni<String> get() {
        return tokens.getTokens(identityProvider)
                .ifNoItem()
                .after(patience)
                .fail()
                .onFailure(TimeoutException.class)
                .invoke(this::refused)
                .map(Tokens::getAccessToken);
    }
}
