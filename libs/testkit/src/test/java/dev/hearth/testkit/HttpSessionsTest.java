package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.caller.Credential;
import dev.hearth.caller.Sessions;
import dev.hearth.caller.SessionsUnavailable;
import dev.hearth.caller.http.HttpSessions;
import dev.hearth.caller.http.SessionsOverHttp;
import dev.hearth.caller.http.SessionsPath;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The port over a real connection. Who may ask is the serving side's business; here a bearer token has to be there.
final class HttpSessionsTest extends SessionsContract {
    private static final InMemorySessions KNOWN = new InMemorySessions(Clock.systemUTC());
    private static final SessionsOverHttp SERVED = new SessionsOverHttp(KNOWN);
    private static final Map<String, Function<String, Uni<String>>> OPERATIONS = Map.of(
            SessionsPath.HOLDER, SERVED::holder,
            SessionsPath.STANDING, SERVED::standing,
            SessionsPath.CHANGES, SERVED::changes);

    private static Vertx vertx;
    private static WebClient client;
    private static HttpServer server;

    @BeforeAll
    static void serve() {
        vertx = Vertx.vertx();
        client = WebClient.create(vertx);
        server = vertx.getDelegate()
                .createHttpServer()
                .requestHandler(HttpSessionsTest::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        vertx.close().await().indefinitely();
    }

    private static void answer(HttpServerRequest request) {
        var operation = OPERATIONS.get(request.path().substring(SessionsPath.ROOT.length() + 1));
        if (!"Bearer services-own".equals(request.getHeader("Authorization"))) {
            request.response().setStatusCode(401).end();
            return;
        }
        request.body()
                .onSuccess(body -> operation
                        .apply(body.toString())
                        .subscribe()
                        .with(
                                answer -> request.response().end(answer),
                                failure -> request.response().setStatusCode(503).end()));
    }

    @Override
    protected Sessions sessions() {
        return sessions("http://127.0.0.1:" + server.actualPort(), "services-own");
    }

    @Override
    protected Identities identities() {
        return KNOWN;
    }

    private static HttpSessions sessions(String url, String token) {
        return new HttpSessions(client, url, () -> Uni.createFrom().item(token));
    }

    @Test
    void an_auth_that_is_away_is_told_as_that() {
        var nowhere = sessions("http://127.0.0.1:1", "services-own");

        assertThatThrownBy(() -> nowhere.changes(Optional.empty()).await().indefinitely())
                .isInstanceOf(SessionsUnavailable.class);
    }

    @Test
    void an_auth_that_cannot_answer_is_told_as_that() {
        KNOWN.away(true);
        try {
            assertThatThrownBy(() -> sessions()
                            .holderOf(new Credential.ApiToken("hearth_x"))
                            .await()
                            .indefinitely())
                    .isInstanceOf(SessionsUnavailable.class);
        } finally {
            KNOWN.away(false);
        }
    }

    @Test
    void whoever_is_no_service_is_told_nothing_and_gets_another_token() {
        var refused = new AtomicInteger();
        var stranger = new HttpSessions(
                client,
                "http://127.0.0.1:" + server.actualPort(),
                () -> Uni.createFrom().item("somebody-else"),
                refused::incrementAndGet);

        assertThatThrownBy(() -> stranger.changes(Optional.empty()).await().indefinitely())
                .isInstanceOf(SessionsUnavailable.class);

        assertThat(refused).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"session\":7}", "{\"user\":\"x\"}", "not json with secret-123"})
    void what_cannot_be_read_is_refused_and_not_repeated(String body) {
        assertThatThrownBy(() -> SERVED.standing(body).await().indefinitely())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.getMessage()).doesNotContain("secret-123"));
    }
}
