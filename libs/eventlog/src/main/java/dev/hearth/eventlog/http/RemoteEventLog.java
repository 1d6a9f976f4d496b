package dev.hearth.eventlog.http;

import dev.hearth.caller.http.ServiceToken;
import io.quarkus.arc.DefaultBean;
import io.quarkus.oidc.client.OidcClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Gives services that run apart their log. Where the event-store is in the same program, its own bean comes first.
@Singleton
public class RemoteEventLog {

    @Produces
    @DefaultBean
    @Singleton
    HttpEventLog log(
            Vertx vertx,
            OidcClient identityProvider,
            @ConfigProperty(name = "hearth.event-store.url", defaultValue = "http://localhost:8082") String url) {
        var client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setMaxPoolSize(32)
                        .setConnectTimeout(2_000)
                        .setDecompressionSupported(false));
        var token = new ServiceToken(identityProvider);
        return new HttpEventLog(client, url, token, token::refused);
    }
}
