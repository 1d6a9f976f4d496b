package dev.hearth.eventstore.serve;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hearth.caller.OnBehalfOf;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.StoreErasure;
import dev.hearth.eventlog.http.ErasurePath;
import dev.hearth.eventlog.http.HttpEventLog;
import dev.hearth.eventlog.http.HttpStoreErasure;
import dev.hearth.eventlog.http.LogCbor;
import dev.hearth.eventlog.http.LogPath;
import dev.hearth.eventlog.http.LogRequest;
import dev.hearth.eventstore.SmallLimits;
import dev.hearth.testkit.EventLogContract;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The port over HTTP passes the same suite as the log behind it, and lets nobody in but services.
@QuarkusTest
@TestProfile(SmallLimits.class)
@WithTestResource(TestServers.class)
class HttpEventLogIT extends EventLogContract {
    @Inject
    Vertx vertx;

    @TestHTTPResource
    String url;

    @Override
    protected EventLog log() {
        return new HttpEventLog(
                WebClient.create(vertx),
                url.replaceAll("/$", ""),
                () -> Uni.createFrom().item(TestTokens.service()));
    }

    @Override
    protected StoreErasure erasure() {
        return new HttpStoreErasure(
                WebClient.create(vertx),
                url.replaceAll("/$", ""),
                () -> Uni.createFrom().item(TestTokens.erasing()));
    }

    @Test
    void no_other_service_may_take_away_what_somebody_had() {
        for (String token : List.of(TestTokens.service(), TestTokens.admin(UUID.randomUUID()))) {
            request(LogCbor.write(new LogRequest.Owner(Principal.user(UUID.randomUUID()))))
                    .header("Authorization", "Bearer " + token)
                    .post(ErasurePath.ROOT)
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json");
        }
    }

    /// By this the event-store's lines are found.
    @Test
    void it_is_asked_under_the_trace_of_the_append() throws IOException {
        var trace = Trace.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
        var heard = new CompletableFuture<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.complete(exchange.getRequestHeaders().getFirst("traceparent"));
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
        var asked = new HttpEventLog(
                WebClient.create(vertx),
                "http://127.0.0.1:" + server.getAddress().getPort(),
                () -> Uni.createFrom().item("token"));

        var store = new StoreId(UUID.randomUUID());
        asked.append(
                        Caller.of(Principal.user(UUID.randomUUID())),
                        new Append(store, Expectation.any(), List.of()).tracedBy(trace))
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(Duration.ofSeconds(10));

        server.stop(0);
        assertThat(heard).isCompletedWithValue(trace.orElseThrow().toString());
    }

    @Test
    void a_users_token_opens_no_internal_door() {
        heads().header("Authorization", "Bearer " + TestTokens.user(UUID.randomUUID()))
                .post(LogPath.ROOT + "/" + LogPath.HEADS)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    @Test
    void without_a_token_the_internal_door_stays_shut() {
        heads().post(LogPath.ROOT + "/" + LogPath.HEADS).then().statusCode(401).contentType("application/problem+json");
    }

    @Test
    void a_service_that_names_no_caller_gets_no_store() {
        request(LogCbor.write(new LogRequest.ById(new StoreId(UUID.randomUUID()))))
                .header("Authorization", "Bearer " + TestTokens.service())
                .post(LogPath.ROOT + "/" + LogPath.FIND_BY_ID)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void a_body_that_is_no_request_is_refused() {
        request(new byte[] {1, 2, 3})
                .header("Authorization", "Bearer " + TestTokens.service())
                .header(OnBehalfOf.HEADER, "user:" + UUID.randomUUID())
                .post(LogPath.ROOT + "/" + LogPath.APPEND)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private static RequestSpecification heads() {
        return request(LogCbor.write(new LogRequest.Stores(List.of())));
    }

    private static RequestSpecification request(byte[] body) {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType(LogCbor.MEDIA_TYPE)
                .body(body);
    }
}
