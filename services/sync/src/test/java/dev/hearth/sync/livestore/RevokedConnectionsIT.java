package dev.hearth.sync.livestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.contracts.Rights;
import dev.hearth.testkit.InMemorySessions;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cookies and API tokens at this face, and the end of a connection when its caller may not have it any more.
@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class RevokedConnectionsIT {
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final int POLICY = 1008;

    @TestHTTPResource(LiveStoreFace.PATH)
    URI url;

    @Inject
    InMemorySessions sessions;

    private UUID ada;

    @BeforeEach
    void somebody() {
        ada = sessions.someone();
    }

    @Test
    void a_connection_ends_with_its_api_token() {
        var token = sessions.issue(ada, Rights.ALL, Duration.ofHours(1));
        var client = new WireClient(url, "todo", token.value());
        assertThat(client.push(WireClient.event(1, 0, "{}"))).isEqualTo("Success");
        client.open();

        sessions.withdraw(token);

        await().atMost(PROMISED).until(client::isClosed);
        assertThat(client.closeCode()).isEqualTo(POLICY);
        assertThat(client.push(WireClient.event(2, 1, "{}"))).isEqualTo("UnknownError");
        assertThat(client.lastStatus()).isEqualTo(401);
        client.close();
    }

    @Test
    void a_connection_of_an_access_token_ends_when_its_user_is_disabled() {
        var client = new WireClient(url, "todo", TestTokens.user(ada));
        client.open();

        sessions.disable(ada);

        await().atMost(PROMISED).until(client::isClosed);
        client.close();
    }

    @Test
    void a_token_for_reading_pulls_and_does_not_push() {
        var owner = new WireClient(url, "todo", TestTokens.user(ada));
        owner.push(WireClient.event(1, 0, "{}"));
        var token = sessions.issue(ada, new Rights(true, false, Optional.empty()), Duration.ofHours(1));
        var reader = new WireClient(url, "todo", token.value());

        assertThat(reader.numbers(0)).containsExactly(1);
        assertThat(reader.push(WireClient.event(2, 1, "{}"))).isEqualTo("UnknownError");
        assertThat(owner.numbers(0)).containsExactly(1);
        owner.close();
        reader.close();
    }

    @Test
    void a_cookie_opens_a_connection_that_ends_with_its_session() {
        var session = sessions.signIn(ada);
        var closed = new CompletableFuture<Integer>();
        connect("hearth_session=" + session.value(), "same-origin", closed).join();

        sessions.end(session);

        await().atMost(PROMISED).until(closed::isDone);
        assertThat(closed).isCompletedWithValue(POLICY);
    }

    @Test
    void another_sites_page_opens_no_connection_with_a_cookie() {
        var session = sessions.signIn(ada);

        var refused = connect("hearth_session=" + session.value(), "cross-site", new CompletableFuture<>());

        assertThatThrownBy(refused::join)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        failure ->
                                assertThat(failure.getResponse().statusCode()).isEqualTo(403));
    }

    private CompletableFuture<WebSocket> connect(String cookie, String site, CompletableFuture<Integer> closed) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", site)
                .buildAsync(URI.create("ws" + url.toString().substring("http".length())), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return CompletableFuture.completedStage(null);
                    }
                });
    }
}
