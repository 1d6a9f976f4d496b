package dev.hearth.sync.nativeface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.caller.OpenStreams;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.sync.live.Live;
import dev.hearth.testkit.InMemorySessions;
import dev.hearth.testkit.TestEvents;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is open ends within five seconds of the moment in which its caller may not have it any more.
@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class RevokedStreamsIT {
    private static final Duration PROMISED = Duration.ofSeconds(5);

    @TestHTTPResource("/api/v1/stores")
    URI url;

    @Inject
    InMemorySessions sessions;

    @Inject
    EventLog log;

    @Inject
    Live live;

    @Inject
    OpenStreams streams;

    private final List<Sse> opened = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private UUID ada;
    private Store own;

    @BeforeEach
    void somebody() {
        ada = sessions.someone();
        own = store(Caller.of(Principal.user(ada)), Principal.user(ada));
    }

    @AfterEach
    void nothing_is_left_open() {
        opened.forEach(Sse::close);
        http.shutdownNow();
        await().until(() -> live.followers() == 0 && streams.count() == 0);
    }

    @Test
    void a_stream_ends_with_its_api_token() {
        var token = sessions.issue(ada, Rights.ALL, Duration.ofHours(1));
        var stream = follow(token.value(), own);

        sessions.withdraw(token);

        await().atMost(PROMISED).until(stream::ended);
        assertThat(stream.names()).containsExactly("opened", "expired");
    }

    @Test
    void a_stream_of_an_access_token_ends_when_its_user_is_disabled() {
        var stream = follow(TestTokens.user(ada), own);

        sessions.disable(ada);

        await().atMost(PROMISED).until(stream::ended);
        assertThat(stream.names()).endsWith("expired");
    }

    @Test
    void a_stream_ends_when_its_user_leaves_the_household_that_owns_the_store_and_others_go_on() {
        var household = sessions.household(ada);
        var home = Principal.household(household);
        var shared = store(new Caller(Principal.user(ada), Set.of(Principal.user(ada), home)), home);
        var ofHousehold = follow(TestTokens.user(ada), shared);
        var ofUser = follow(TestTokens.user(ada), own);

        sessions.leave(household, ada);

        await().atMost(PROMISED).until(ofHousehold::ended);
        append(own);
        await().until(() -> ofUser.ids().contains("1"));
        assertThat(ofUser.ended()).isFalse();
    }

    @Test
    void a_held_answer_ends_with_its_session() {
        var session = sessions.signIn(ada);
        var held = hold("Cookie", "hearth_session=" + session.value());

        sessions.end(session);

        await().atMost(PROMISED).until(held::isDone);
        assertThat(held.join().statusCode()).isEqualTo(401);
    }

    @Test
    void a_held_answer_goes_on_when_what_changed_is_none_of_its_business() {
        var held = hold("Authorization", "Bearer " + TestTokens.user(ada));
        int asked = sessions.asked();
        sessions.household(ada);
        await().until(() -> sessions.asked() > asked);

        append(own);

        await().until(held::isDone);
        assertThat(held.join().statusCode()).isEqualTo(200);
    }

    private Sse follow(String token, Store store) {
        var stream = new Sse(url + "/" + store.id() + "/live", token, Map.of());
        opened.add(stream);
        await().until(() -> stream.names().contains("opened"));
        return stream;
    }

    private CompletableFuture<HttpResponse<String>> hold(String header, String value) {
        var request = HttpRequest.newBuilder(URI.create(url + "/" + own.id() + "/events?wait=25"))
                .header(header, value)
                .build();
        var held = http.sendAsync(request, BodyHandlers.ofString());
        await().until(() -> streams.count() == 1);
        return held;
    }

    private Store store(Caller caller, Principal owner) {
        var name = new StoreName(NativeFace.NAME, "todo");
        var opened = log.open(caller, new NewStore(owner, name, "app", false))
                .await()
                .indefinitely();
        return ((OpenResult.Opened) opened).store();
    }

    private void append(Store store) {
        var event = TestEvents.of("e1", new StreamId("notes"), Payload.utf8("{}"));
        log.append(Caller.of(Principal.user(ada)), new Append(store.id(), Expectation.any(), List.of(event)))
                .await()
                .indefinitely();
    }
}
