package dev.hearth.auth.serve;

import dev.hearth.auth.identity.RealIdentities;
import dev.hearth.caller.Sessions;
import dev.hearth.caller.http.HttpSessions;
import dev.hearth.testkit.Identities;
import dev.hearth.testkit.SessionsContract;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The port as the other services have it when they run apart: their client, over the network, to the tables.
@QuarkusTest
@WithTestResource(TestServers.class)
class HttpSessionsIT extends SessionsContract {
    @TestHTTPResource
    URI url;

    @Inject
    Vertx vertx;

    @Inject
    RealIdentities identities;

    private WebClient client;

    @BeforeEach
    void connect() {
        client = WebClient.create(vertx);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Override
    protected Sessions sessions() {
        var base = url.toString().replaceAll("/$", "");
        return new HttpSessions(client, base, () -> Uni.createFrom().item(TestTokens.service()));
    }

    @Override
    protected Identities identities() {
        return identities;
    }
}
