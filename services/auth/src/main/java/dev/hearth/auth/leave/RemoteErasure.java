package dev.hearth.auth.leave;

import dev.hearth.auth.keycloak.ServiceAccount;
import dev.hearth.eventlog.http.HttpStoreErasure;
import io.quarkus.arc.DefaultBean;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Erasure in an event-store that runs apart, asked for with auth's own account: the other services' may not. Where the
/// event-store is in the same program, its own bean comes first.
@Singleton
class RemoteErasure {

    @Produces
    @DefaultBean
    @Singleton
    HttpStoreErasure erasure(
            WebClient client,
            ServiceAccount account,
            @ConfigProperty(name = "hearth.event-store.url", defaultValue = "http://localhost:8082") String url) {
        return new HttpStoreErasure(client, url, account::token);
    }
}
