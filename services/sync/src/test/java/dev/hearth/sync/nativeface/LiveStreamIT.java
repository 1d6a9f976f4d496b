package dev.hearth.sync.nativeface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.sync.live.Live;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(LiveStreamIT.QuickTimes.class)
@WithTestResource(value = TestServers.OnlyPostgres.class, scope = TestResourceScope.GLOBAL)
class LiveStreamIT {
    /// What takes seconds in earnest.
    public static final class QuickTimes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sync.native-face.heartbeat", "100ms",
                    "sync.live.poll-interval", "50ms",
                    "sync.live.stalled-after", "2s");
        }
    }

    @Inject
    Live live;

    private final Api api = new Api();
    private final List<Sse> opened = new ArrayList<>();
    private String store = "";

    @BeforeEach
    void open() {
        store = api.open("todo");
    }

    @AfterEach
    void close() {
        opened.forEach(Sse::close);
        await().until(() -> live.followers() == 0);
    }

    @Test
    void a_stream_gives_what_is_stored_and_then_what_comes() {
        api.fill(store, 1, 2);

        var stream = follow("");
        await().until(() -> stream.ids().size() == 2);
        api.fill(store, 3, 4);

        await().untilAsserted(() -> assertThat(stream.ids()).containsExactly("1", "2", "3", "4"));
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.contentType()).startsWith("text/event-stream");
        assertThat(stream.names()).startsWith("opened", "event");
        assertThat(stream.messages().getFirst().data()).isEqualTo("{\"generation\":1,\"head\":2}");
        assertThat(stream.messages().get(1).data()).contains("\"sequence\":1,", "\"data\":{\"n\":1}");
    }

    @Test
    void a_stream_begins_after_its_cursor_and_goes_on_after_the_last_event_id() {
        api.fill(store, 1, 4);

        var after = follow("?after=2");
        var lastId = follow("?after=0", "3");

        await().untilAsserted(() -> assertThat(after.ids()).containsExactly("3", "4"));
        await().untilAsserted(() -> assertThat(lastId.ids()).containsExactly("4"));
    }

    @Test
    void data_of_many_lines_comes_as_it_was_sent() {
        var data = "{\n  \"a\": [1,\n\n2]\n}";
        api.append(store, "{\"events\":[{\"type\":\"t\",\"data\":" + data + "}]}")
                .statusCode(200);

        var stream = follow("");

        await().untilAsserted(
                        () -> assertThat(stream.messages().getLast().data()).endsWith("\"data\":" + data + "}"));
    }

    @Test
    void a_quiet_stream_says_that_it_is_alive() {
        var stream = follow("");

        await().until(() -> stream.comments().size() >= 3);
    }

    @Test
    void a_reset_is_told_and_ends_the_stream_and_old_ids_are_known() {
        api.fill(store, 1, 3);
        var stream = follow("");
        await().until(() -> stream.ids().size() == 3);

        api.asked()
                .delete("/api/v1/stores/{id}?confirm=todo&generation=1", store)
                .then()
                .statusCode(200);
        await().until(stream::ended);
        api.fill(store, 1, 5);

        assertThat(stream.names()).endsWith("reset");
        assertThat(stream.messages().getLast().data()).isEqualTo("{\"generation\":2}");
        var late = follow("", "3");
        await().until(late::ended);
        assertThat(late.names()).containsExactly("reset");
        var fresh = follow("");
        await().untilAsserted(() -> assertThat(fresh.ids()).containsExactly("2-1", "2-2", "2-3", "2-4", "2-5"));
        var again = follow("", "2-4");
        await().untilAsserted(() -> assertThat(again.ids()).containsExactly("2-5"));
    }

    @Test
    void many_streams_of_one_store_all_get_every_event() {
        var streams = IntStream.range(0, 30).mapToObj(_ -> follow("")).toList();

        for (int i = 1; i <= 20; i++) {
            api.fill(store, i, i);
        }

        var all = IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList();
        for (var stream : streams) {
            await().untilAsserted(() -> assertThat(stream.ids()).isEqualTo(all));
        }
    }

    @Test
    void a_client_that_reads_nothing_is_cut_off_and_resumes_where_it_was() throws IOException {
        var text = "x".repeat(60_000);
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(8 * 1024);
            socket.connect(new java.net.InetSocketAddress("localhost", RestAssured.port));
            socket.getOutputStream()
                    .write(("GET /api/v1/stores/" + store
                                    + "/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + api.token()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> live.followers() == 1);

            // More than the sockets' buffers take.
            for (int i = 0; i < 200; i++) {
                api.append(store, "{\"events\":[{\"id\":\"e" + i + "\",\"type\":\"t\",\"data\":\"" + text + "\"}]}")
                        .statusCode(200);
            }

            await().atMost(Duration.ofSeconds(20)).until(() -> live.followers() == 0);
        }
        var resumed = follow("", "150");
        await().untilAsserted(() -> assertThat(resumed.ids())
                .isEqualTo(IntStream.rangeClosed(151, 200)
                        .mapToObj(Integer::toString)
                        .toList()));
    }

    @Test
    void a_client_that_leaves_is_forgotten() {
        var stream = follow("");
        await().until(() -> live.followers() == 1);

        stream.close();

        await().until(() -> live.followers() == 0);
    }

    @Test
    void a_stream_ends_with_its_token() {
        api.fill(store, 1, 1);
        var token = TestTokens.user(api.user, Duration.ofSeconds(3));

        var stream = new Sse(address(""), token, Map.of());
        opened.add(stream);
        await().until(() -> stream.ids().size() == 1);

        await().until(stream::ended);
        assertThat(stream.names()).endsWith("expired");
        assertThat(live.followers()).isZero();
    }

    private String address(String query) {
        return "http://localhost:" + RestAssured.port + "/api/v1/stores/" + store + "/live" + query;
    }

    private Sse follow(String query) {
        return follow(query, Map.of());
    }

    private Sse follow(String query, String lastEventId) {
        return follow(query, Map.of("Last-Event-ID", lastEventId));
    }

    private Sse follow(String query, Map<String, String> headers) {
        var stream = new Sse(address(query), api.token(), headers);
        opened.add(stream);
        return stream;
    }
}
