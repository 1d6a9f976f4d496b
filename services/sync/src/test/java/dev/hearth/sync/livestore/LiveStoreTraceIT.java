package dev.hearth.sync.livestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.StoreName;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which trace a pushed event keeps.
@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class LiveStoreTraceIT {
    private static final Trace GIVEN = trace("4bf92f3577b34da6a3ce929d0e0e4736");
    private static final Trace OTHER = trace("0af7651916cd43dd8448eb211c80319c");
    // What LiveStore sends where nobody has set up tracing.
    private static final String STAND_IN =
            ",\"traceId\":\"livestore-noop-trace-id1\",\"spanId\":\"livestore-noop-span-id1\",\"sampled\":false";

    @TestHTTPResource(LiveStoreFace.PATH)
    URI url;

    @Inject
    EventLog log;

    private final UUID ada = UUID.randomUUID();
    private WireClient client;

    @BeforeEach
    void connect_as_ada() {
        client = new WireClient(url, "todo", TestTokens.user(ada));
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void over_http_it_is_that_of_the_request_whatever_the_message_says() {
        client.under(GIVEN.toString());

        var answer = client.post(pushed(1, OTHER));

        assertThat(answer.headers().allValues("Trace-Id")).containsExactly(GIVEN.id());
        assertThat(stored().getLast().trace()).contains(GIVEN);
    }

    @Test
    void over_http_without_one_it_is_that_of_the_answer() {
        var answer = client.post(push("SyncHttpRpc.Push", 1, STAND_IN));

        assertThat(stored().getLast().trace().map(Trace::id))
                .isEqualTo(answer.headers().firstValue("Trace-Id"));
    }

    @Test
    void over_a_web_socket_it_is_that_of_the_message() {
        client.under(GIVEN.toString());
        client.open();

        client.send(push("SyncWsRpc.Push", 1, said(OTHER)));
        client.nextExit("p1");
        client.send(push("SyncWsRpc.Push", 2, ",\"traceId\":[1],\"spanId\":{},\"sampled\":\"no\""));
        client.nextExit("p2");
        client.send(push("SyncWsRpc.Push", 3, STAND_IN));
        client.nextExit("p3");

        assertThat(stored().stream().map(Event::trace))
                .as("its own, else that of the request that opened the connection")
                .containsExactly(Optional.of(OTHER), Optional.of(GIVEN), Optional.of(GIVEN));
    }

    private static String pushed(int number, Trace trace) {
        return push("SyncHttpRpc.Push", number, said(trace));
    }

    private static String said(Trace trace) {
        return ",\"traceId\":\"" + trace.id() + "\",\"spanId\":\"" + trace.parent() + "\",\"sampled\":true";
    }

    private static String push(String tag, int number, String trace) {
        return WireClient.pushRequest("p" + number, "todo", WireClient.event(number, number - 1, "{}"))
                .replace("SyncWsRpc.Push", tag)
                .replace(",\"headers\":[]", trace + ",\"headers\":[]");
    }

    private List<Event> stored() {
        var caller = Caller.of(Principal.user(ada));
        var store = now(log.find(caller, new StoreName("livestore", "todo"))).orElseThrow();
        return ((ReadResult.Page) now(log.read(caller, Read.after(store.id(), 0, 10)))).events();
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    private static Trace trace(String id) {
        return new Trace(id, "00f067aa0ba902b7", true);
    }
}
