package dev.hearth.caller.http;

import dev.hearth.caller.Sessions;
import io.quarkus.arc.DefaultBean;
import io.quarkus.oidc.client.OidcClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Tells services that run apart who may call. Where auth is in the same program, its own bean comes first.
@Singleton
public class RemoteSessions {

    @Produces
    @DefaultBean
    @Singleton
    Sessions sessions(
            Vertx vertx,
            OidcClient identityProvider,
            @ConfigProperty(name = "hearth.auth.url", defaultValue = "http://localhost:8081") String url) {
        var client = WebClient.create(
                vertx, new WebClientOptions().setMaxPoolSize(16).setConnectTimeout(1_000));
        var token = new ServiceToken(identityProvider);
        return new HttpSessions(client, url, token, token::refused);
    }
}
