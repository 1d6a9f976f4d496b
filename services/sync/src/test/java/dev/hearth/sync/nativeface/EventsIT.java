package dev.hearth.sync.nativeface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.OnlyPostgres.class, scope = TestResourceScope.GLOBAL)
class EventsIT {
    @Inject
    EventLog log;

    private final Api api = new Api();
    private String store = "";

    @BeforeEach
    void open() {
        store = api.open("todo");
    }

    @Test
    void appended_events_come_back_in_order_with_all_that_was_said() {
        api.append(store, """
                        {"events":[
                          {"id":"a","type":"task.added","stream":"task-1","data":{"title":"Milk"},
                           "occurredAt":"2031-02-03T04:05:06.789+01:00","device":"phone","session":"tab",
                           "correlation":"c","causation":"d","attributes":{"scope":"s"}},
                          {"type":"task.done","stream":"task-1","data":null}]}""")
                .statusCode(200)
                .body("generation", equalTo(1))
                .body("head", equalTo(2))
                .body("events.sequence", contains(1, 2))
                .body("events[0].id", equalTo("a"))
                .body("events[0].known", nullValue());

        api.read(store, "")
                .statusCode(200)
                .contentType("application/json")
                .body("store", equalTo(store))
                .body("generation", equalTo(1))
                .body("head", equalTo(2))
                .body("more", equalTo(false))
                .body("next", equalTo(2))
                .body("events.sequence", contains(1, 2))
                .body("events.revision", contains(1, 2))
                .body("events[0].data.title", equalTo("Milk"))
                .body("events[0].occurredAt", equalTo("2031-02-03T03:05:06.789Z"))
                .body("events[0].device", equalTo("phone"))
                .body("events[0].session", equalTo("tab"))
                .body("events[0].correlation", equalTo("c"))
                .body("events[0].causation", equalTo("d"))
                .body("events[0].attributes.scope", equalTo("s"))
                .body("events[0].actor", equalTo("user:" + api.user))
                .body("events[1].data", nullValue());
    }

    @Test
    void events_keep_the_trace_that_their_writer_was_answered_with() {
        var given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        var body = "{\"events\":[{\"type\":\"noted\",\"data\":1}]}";

        var taken = api.appendUnder(store, body, given);
        var made = api.appendUnder(store, body, "00-secret");
        // Two are as good as none.
        var chosen = api.appendUnder(store, body, given, given);

        assertThat(taken).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(made).matches("[0-9a-f]{32}").isNotEqualTo(taken);
        assertThat(traces()).containsExactly(taken, made, chosen).doesNotHaveDuplicates();
    }

    private List<String> traces() {
        var caller = Caller.of(Principal.user(api.user));
        var read = Read.after(StoreId.parse(store), 0, 10);
        var page = (ReadResult.Page) log.read(caller, read).await().atMost(Duration.ofSeconds(10));
        return page.events().stream()
                .map(event -> event.trace().orElseThrow().id())
                .toList();
    }

    @Test
    void data_comes_back_byte_for_byte() {
        var values = List.of(
                "{\"b\":1,\"a\":2,\"nested\":{\"z\":3,\"y\":4}}",
                "{\"b\":1, \"a\":\"\\u00e9\"}",
                "\"\u2028\u2029\"",
                "\"\\ud800 lone\"",
                "1e21",
                "-0.0",
                "9007199254740993",
                "[ 1 ,\n\t2 ]",
                "true",
                "null",
                "\"🏠 \\/ \\u002F\"");
        for (var value : values) {
            api.append(store, "{\"events\":[{\"type\":\"t\",\"data\":  " + value + " }]}")
                    .statusCode(200);
        }

        var page = api.read(store, "").extract().asByteArray();

        var text = new String(page, StandardCharsets.UTF_8);
        for (var value : values) {
            assertThat(text).contains(",\"data\":" + value + "}");
        }
    }

    @Test
    void an_append_sent_again_is_answered_as_the_first_time() {
        var body = "{\"expectedHead\":0,\"events\":[{\"id\":\"a\",\"type\":\"t\",\"data\":1}]}";
        api.append(store, body).statusCode(200).body("events.sequence", contains(1));
        api.fill(store, 2, 3);

        api.append(store, body)
                .statusCode(200)
                .body("events.sequence", contains(1))
                .body("events[0].known", equalTo(true));

        api.read(store, "").body("head", equalTo(3));
    }

    @Test
    void an_idempotency_key_names_events_that_have_no_id() {
        for (int i = 0; i < 2; i++) {
            api.asked()
                    .contentType(ContentType.JSON)
                    .header("Idempotency-Key", "key-1")
                    .body("{\"events\":[{\"type\":\"t\",\"data\":1},{\"type\":\"t\",\"data\":2}]}")
                    .post("/api/v1/stores/{store}/events", store)
                    .then()
                    .statusCode(200)
                    .body("events.sequence", contains(1, 2))
                    .body("events.id", contains("key-1:0", "key-1:1"));
        }
        api.read(store, "").body("head", equalTo(2));
    }

    @Test
    void without_id_and_key_every_append_adds() {
        for (int i = 0; i < 2; i++) {
            api.append(store, "{\"events\":[{\"type\":\"t\",\"data\":1}]}").statusCode(200);
        }
        api.read(store, "").body("head", equalTo(2));
    }

    @Test
    void an_id_with_other_data_is_refused_and_the_first_stands() {
        api.append(store, "{\"events\":[{\"id\":\"a\",\"type\":\"t\",\"data\":1}]}")
                .statusCode(200);

        api.append(store, "{\"events\":[{\"id\":\"a\",\"type\":\"t\",\"data\":2}]}")
                .statusCode(409)
                .body("type", equalTo("/problems/event-id-taken"))
                .body("events[0].id", equalTo("a"))
                .body("events[0].sequence", equalTo(1));

        api.read(store, "").body("head", equalTo(1)).body("events[0].data", equalTo(1));
    }

    @Test
    void a_stale_expectation_is_refused_and_nothing_is_written() {
        api.fill(store, 1, 2);

        api.append(store, "{\"expectedHead\":1,\"events\":[{\"type\":\"t\",\"data\":1}]}")
                .statusCode(409)
                .body("type", equalTo("/problems/wrong-expected-head"))
                .body("head", equalTo(2));
        api.append(store, "{\"expectedHead\":3,\"events\":[{\"type\":\"t\",\"data\":1}]}")
                .statusCode(409)
                .body("type", equalTo("/problems/wrong-expected-head"));
        api.append(store, expecting("\"none\""))
                .statusCode(409)
                .body("type", equalTo("/problems/wrong-expected-revision"))
                .body("actual", equalTo(2));
        api.append(store, expecting("1")).statusCode(409);
        api.read(store, "").body("head", equalTo(2));

        api.append(store, expecting("\"exists\"")).statusCode(200);
        api.append(store, expecting("3")).statusCode(200).body("head", equalTo(4));
    }

    private static String expecting(String revision) {
        return "{\"expectedRevision\":{\"stream\":\"default\",\"revision\":" + revision
                + "},\"events\":[{\"type\":\"t\",\"data\":1}]}";
    }

    @Test
    void pages_go_both_ways() {
        api.fill(store, 1, 5);

        api.read(store, "?after=1&limit=2")
                .body("events.id", contains("e2", "e3"))
                .body("more", equalTo(true))
                .body("next", equalTo(3));
        api.read(store, "?before=end&limit=2")
                .body("events.id", contains("e5", "e4"))
                .body("more", equalTo(true))
                .body("next", equalTo(4));
        api.read(store, "?before=4")
                .body("events.id", contains("e3", "e2", "e1"))
                .body("more", equalTo(false))
                .body("next", equalTo(1));
        api.read(store, "?after=5").body("events", empty()).body("next", equalTo(5));
    }

    @Test
    void a_stream_is_paged_by_revision() {
        api.append(store, """
                        {"events":[{"id":"a1","stream":"a","type":"t","data":1},
                                   {"id":"b1","stream":"b","type":"t","data":1},
                                   {"id":"a2","stream":"a","type":"t","data":1}]}""");

        api.read(store, "?stream=a&after=1").body("events.id", contains("a2")).body("next", equalTo(2));
        api.read(store, "?stream=a&before=end").body("events.id", contains("a2", "a1"));
    }

    @Test
    void an_empty_page_is_held_until_an_event_comes() throws Exception {
        var held =
                CompletableFuture.supplyAsync(() -> api.read(store, "?wait=30").extract());
        api.fill(store, 1, 1);

        assertThat(held.get(10, java.util.concurrent.TimeUnit.SECONDS).<List<String>>path("events.id"))
                .containsExactly("e1");
    }

    @Test
    void a_page_of_a_stream_is_held_until_an_event_of_that_stream_comes() throws Exception {
        var held = CompletableFuture.supplyAsync(
                () -> api.read(store, "?wait=30&stream=b").extract());
        api.fill(store, 1, 2);
        api.append(store, "{\"events\":[{\"id\":\"b1\",\"stream\":\"b\",\"type\":\"t\",\"data\":1}]}");

        assertThat(held.get(10, java.util.concurrent.TimeUnit.SECONDS).<List<String>>path("events.id"))
                .containsExactly("b1");
    }

    @Test
    void a_held_page_is_answered_empty_when_its_time_is_up() {
        long begun = System.nanoTime();

        api.read(store, "?wait=1").statusCode(200).body("events", empty()).body("next", equalTo(0));

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
    }

    @Test
    void a_held_page_ends_when_the_history_is_replaced() throws Exception {
        var held = CompletableFuture.supplyAsync(
                () -> api.read(store, "?wait=30&generation=1").extract());
        api.asked()
                .delete("/api/v1/stores/{id}?confirm=todo&generation=1", store)
                .then()
                .statusCode(200);

        // Whether it waited already or came after: it asks for the history that is gone.
        var answer = held.get(40, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isIn(200, 409);
    }

    @Test
    void a_page_is_compressed_for_who_takes_it() {
        api.fill(store, 1, 300);

        var page = api.asked()
                .header("Accept-Encoding", "gzip")
                .get("/api/v1/stores/{store}/events?limit=300", store)
                .then()
                .statusCode(200)
                .header("Content-Encoding", equalTo("gzip"))
                .body("events", hasSize(300))
                .extract();

        assertThat(page.<Integer>path("head")).isEqualTo(300);
    }
}
