package dev.hearth.sync.livestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The wire as LiveStore's client speaks it, with what its client never sends too.
@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class LiveStoreFaceIT {
    @TestHTTPResource(LiveStoreFace.PATH)
    URI url;

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
    void a_ping_is_answered() {
        var exit = client.call("SyncHttpRpc.Ping", new JsonObject().put("storeId", "todo"));

        assertThat(exit.getJsonObject("exit").getJsonObject("value").getString("_tag"))
                .isEqualTo("SyncMessage.Pong");
    }

    @Test
    void the_first_pull_makes_the_store_and_gives_one_empty_page() {
        var chunks = client.pull(0);

        assertThat(chunks).hasSize(1);
        assertThat(chunks.getFirst().getJsonArray("batch")).isEmpty();
        assertThat(chunks.getFirst().getJsonObject("pageInfo").getString("_tag"))
                .isEqualTo("NoMore");
        assertThat(chunks.getFirst().getString("backendId")).matches("[A-Za-z0-9-]+");
    }

    @Test
    void what_was_pushed_comes_back_byte_for_byte() {
        var args = "{\"b\":1, \"a\":\"\\u00e9\u2028\",\"n\":1e21,\"big\":9007199254740993}";

        assertThat(client.push(WireClient.event(1, 0, args))).isEqualTo("Success");

        assertThat(client.rawPull(0)).contains("\"args\":" + args + ",\"seqNum\":1,\"parentSeqNum\":0,");
    }

    @Test
    void an_event_without_arguments_comes_back_without() {
        client.push(WireClient.event(1, 0, null));

        assertThat(client.pull(0)
                        .getFirst()
                        .getJsonArray("batch")
                        .getJsonObject(0)
                        .getJsonObject("eventEncoded")
                        .containsKey("args"))
                .isFalse();
    }

    @Test
    void a_push_that_does_not_stand_on_the_head_hears_that_the_server_is_ahead() {
        client.push(WireClient.event(1, 0, "{}"), WireClient.event(2, 1, "{}"));

        assertThat(client.push(WireClient.eventOf("other", 1, 0, "{}"))).isEqualTo("ServerAheadError");
        assertThat(client.numbers(0)).containsExactly(1, 2);
    }

    @Test
    void a_retry_is_a_success_also_when_it_has_grown() {
        client.push(WireClient.event(1, 0, "{}"));

        assertThat(client.push(WireClient.event(1, 0, "{}"))).isEqualTo("Success");
        assertThat(client.push(WireClient.event(1, 0, "{}"), WireClient.event(2, 1, "{}")))
                .isEqualTo("Success");
        assertThat(client.numbers(0)).containsExactly(1, 2);
    }

    @Test
    void another_devices_event_of_the_same_number_is_no_retry() {
        client.push(WireClient.event(1, 0, "{\"text\":\"mine\"}"));

        assertThat(client.push(WireClient.event(1, 0, "{\"text\":\"other\"}"))).isEqualTo("ServerAheadError");
        assertThat(client.push(WireClient.eventOf("other", 1, 0, "{\"text\":\"mine\"}")))
                .isEqualTo("ServerAheadError");
    }

    @Test
    void numbers_may_have_gaps_and_cursors_may_fall_into_them() {
        client.push(WireClient.event(100, 0, "{}"), WireClient.event(150, 100, "{}"));
        client.push(WireClient.event(20_000, 150, "{}"));

        assertThat(client.numbers(0)).containsExactly(100, 150, 20_000);
        assertThat(client.numbers(100)).containsExactly(150, 20_000);
        assertThat(client.numbers(149)).containsExactly(150, 20_000);
        assertThat(client.numbers(150)).containsExactly(20_000);
        assertThat(client.numbers(20_000)).isEmpty();
        assertThat(client.numbers(30_000)).isEmpty();
    }

    @Test
    void a_large_store_comes_in_pages_that_say_how_much_is_left() {
        pushInBatches(1_050);

        var chunks = client.pull(0);

        assertThat(chunks.stream().map(chunk -> chunk.getJsonArray("batch").size()))
                .containsExactly(500, 500, 50);
        assertThat(chunks.stream().map(chunk -> chunk.getJsonObject("pageInfo").getString("_tag")))
                .containsExactly("MoreKnown", "MoreKnown", "NoMore");
    }

    @Test
    void another_history_is_told_before_anything_is_pushed_or_pulled() {
        client.pull(0);

        assertThat(client.pushTo("elsewhere-1", WireClient.event(1, 0, "{}"))).isEqualTo("BackendIdMismatchError");
        assertThat(client.pullFrom("elsewhere-1", 5)).isEqualTo("BackendIdMismatchError");
        assertThat(client.numbers(0)).isEmpty();
    }

    @Test
    void two_people_have_two_stores_of_one_name() {
        client.push(WireClient.event(1, 0, "{}"));

        var bob = new WireClient(url, "todo", TestTokens.user(UUID.randomUUID()));

        assertThat(bob.numbers(0)).isEmpty();
        assertThat(bob.push(WireClient.event(1, 0, "{\"bob\":true}"))).isEqualTo("Success");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"a\",\"args\":{},\"seqNum\":1,\"parentSeqNum\":1,\"clientId\":\"c\",\"sessionId\":\"s\"}]",
                "[{\"name\":\"a\",\"args\":{},\"seqNum\":0,\"parentSeqNum\":-1,\"clientId\":\"c\",\"sessionId\":\"s\"}]",
                "[{\"name\":\"a\",\"args\":{},\"seqNum\":1.5,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}]",
                "[{\"name\":\"a\",\"args\":{},\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}]",
                "[{\"name\":\"\",\"args\":{},\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}]",
                "[{\"args\":{},\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}]",
                "[null]",
                "[{\"name\":\"a\",\"args\":{},\"seqNum\":5,\"parentSeqNum\":4,\"clientId\":\"c\",\"sessionId\":\"s\"}]",
                "[{\"name\":\"a\",\"args\":{},\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"},"
                        + "{\"name\":\"a\",\"args\":{},\"seqNum\":3,\"parentSeqNum\":2,\"clientId\":\"c\",\"sessionId\":\"s\"}]",
                "7",
                "null"
            })
    void a_batch_that_cannot_be_is_refused_whole(String batch) {
        assertThat(client.pushRaw(batch)).isEqualTo("UnknownError");
        assertThat(client.numbers(0)).isEmpty();
    }

    @Test
    void a_missing_or_wrong_token_is_told_in_the_protocol() {
        for (String token :
                new String[] {"", "nonsense", TestTokens.expired(ada), TestTokens.forAnotherAudience(ada)}) {
            var stranger = new WireClient(url, "todo", token);

            assertThat(stranger.push(WireClient.event(1, 0, "{}"))).isEqualTo("UnknownError");
            assertThat(stranger.lastStatus()).isEqualTo(401);
            assertThatThrownBy(stranger::open).hasMessageContaining("401");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{\"_tag\":\"Request\"}", "{\"_tag\":\"Ack\",\"requestId\":\"1\"}"})
    void a_body_that_is_no_request_is_refused(String body) {
        assertThat(client.post(body).statusCode()).isEqualTo(400);
        assertThat(client.post(body).headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void deep_json_is_refused_and_nothing_is_written() {
        var deep = "[".repeat(5_000) + "]".repeat(5_000);

        client.post("{\"_tag\":\"Request\",\"id\":\"1\",\"tag\":\"SyncHttpRpc.Push\",\"payload\":{\"storeId\":\"todo\","
                + "\"batch\":[" + WireClient.event(1, 0, deep) + "],\"backendId\":{\"_tag\":\"None\"}}}");

        assertThat(client.numbers(0)).isEmpty();
    }

    @Test
    void a_live_pull_gets_what_was_there_and_what_comes() {
        client.push(WireClient.event(1, 0, "{}"));
        client.open();
        client.send(WireClient.pullRequest("7", "todo", null));

        assertThat(WireClient.numbersOf(client.nextChunk("7"))).containsExactly(1);
        client.send(WireClient.pushRequest("8", "todo", WireClient.event(2, 1, "{\"live\":1}")));

        assertThat(client.nextExit("8").getJsonObject("exit").getString("_tag")).isEqualTo("Success");
        assertThat(WireClient.numbersOf(client.nextChunk("7"))).containsExactly(2);
    }

    @Test
    void what_is_appended_while_a_client_is_busy_comes_together() {
        client.open();
        client.send(WireClient.pullRequest("7", "todo", null));
        client.nextChunkUnacknowledged("7");
        for (int head = 0; head < 20; head++) {
            client.push(WireClient.event(head + 1, head, "{}"));
        }

        List<Integer> chunks = new ArrayList<>();
        for (int last = 0; last < 20; ) {
            client.acknowledge("7");
            var numbers = WireClient.numbersOf(client.nextChunkUnacknowledged("7"));
            assertThat(numbers.getFirst()).isEqualTo(last + 1);
            last = numbers.getLast();
            chunks.add(numbers.size());
        }
        // One, or two if the last append was not seen yet.
        assertThat(chunks).hasSizeLessThanOrEqualTo(2);
    }

    /// From such a page to the last the client writes nothing to its disk, even if the connection breaks between.
    @Test
    void only_a_client_that_has_nothing_hears_over_a_websocket_that_more_comes() {
        pushInBatches(1_050);
        var backend = client.pull(0).getFirst().getString("backendId");
        client.open();
        client.send(WireClient.pullRequest("1", "todo", null));
        client.send(
                WireClient.pullRequest("2", "todo", "{\"backendId\":\"" + backend + "\",\"eventSequenceNumber\":1}"));

        var infos = pageInfosUpTo(1_050, "1");
        assertThat(infos.removeLast()).isEqualTo("NoMore");
        assertThat(infos).hasSizeGreaterThan(1).containsOnly("MoreKnown");
        assertThat(pageInfosUpTo(1_050, "2")).hasSizeGreaterThan(1).containsOnly("NoMore");
    }

    private List<String> pageInfosUpTo(int number, String pull) {
        List<String> infos = new ArrayList<>();
        JsonObject chunk;
        do {
            chunk = client.nextChunk(pull);
            infos.add(chunk.getJsonObject("pageInfo").getString("_tag"));
        } while (WireClient.numbersOf(chunk).getLast() < number);
        return infos;
    }

    private void pushInBatches(int count) {
        for (int head = 0; head < count; ) {
            var events = new String[50];
            for (int i = 0; i < 50; i++, head++) {
                events[i] = WireClient.event(head + 1, head, "{}");
            }
            assertThat(client.push(events)).isEqualTo("Success");
        }
    }

    @Test
    void pings_are_answered_and_acks_and_unknown_interrupts_are_not() {
        client.open();

        client.send("{\"_tag\":\"Ack\",\"requestId\":\"1\"}");
        client.send("{\"_tag\":\"Interrupt\",\"requestId\":\"99\"}");
        client.send("{\"_tag\":\"Ping\"}");

        assertThat(client.next().getString("_tag")).isEqualTo("Pong");
    }

    @Test
    void an_interrupted_pull_hears_nothing_more() {
        client.open();
        client.send(WireClient.pullRequest("1", "todo", null));
        client.nextChunk("1");
        client.send("{\"_tag\":\"Interrupt\",\"requestId\":\"1\"}");

        client.send(WireClient.pushRequest("2", "todo", WireClient.event(1, 0, "{}")));
        client.nextExit("2");
        client.send("{\"_tag\":\"Ping\"}");

        assertThat(client.next().getString("_tag")).isEqualTo("Pong");
    }

    @Test
    void a_frame_that_is_no_message_ends_its_own_connection() {
        client.open();

        client.send("{\"_tag\":");

        assertThat(client.closeCode()).isEqualTo(1007);
        assertThat(client.numbers(0)).isEmpty();
    }

    @Test
    void a_connection_that_never_pulls_is_closed() {
        client.open();

        assertThat(client.closeCode()).isEqualTo(1013);
    }

    @Test
    void a_plain_get_is_told_what_this_address_is_for() {
        assertThat(client.get().statusCode()).isEqualTo(400);
        assertThat(new JsonObject(client.get().body()).getString("type")).isEqualTo("/problems/invalid-request");
    }

    @Test
    void answers_are_json_arrays() {
        assertThat(new JsonArray(client.rawPull(0))).hasSize(2);
    }

    @Test
    void a_large_batch_is_taken_over_both_transports_and_one_over_the_limit_by_neither() {
        var large = "\"" + "x".repeat(60_000) + "\"";
        var batch = new String[15];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = i < 3
                    ? WireClient.event(i + 1, i, large)
                    : WireClient.event(i + 1, i, "\"" + "y".repeat(1_000) + "\"");
        }
        assertThat(client.push(batch)).isEqualTo("Success");
        client.open();
        client.send(WireClient.pullRequest("1", "todo", null));
        client.nextChunk("1");
        client.send("{\"_tag\":\"Ack\",\"requestId\":\"1\",\"padding\":\"" + "z".repeat(4_000_000) + "\"}");
        client.send("{\"_tag\":\"Ping\"}");

        assertThat(client.next().getString("_tag")).isEqualTo("Pong");
        assertThat(client.post("{\"padding\":\"" + "z".repeat(9_000_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(new WireClient(url, "todo", "nonsense")
                        .post("{\"padding\":\"" + "z".repeat(2_000_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }
}
