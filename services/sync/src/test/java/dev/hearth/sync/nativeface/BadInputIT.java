package dev.hearth.sync.nativeface;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each refusal is a problem with a stable type; none writes anything.
@QuarkusTest
@WithTestResource(value = TestServers.OnlyPostgres.class, scope = TestResourceScope.GLOBAL)
class BadInputIT {
    private static final String EVENT = "{\"type\":\"t\",\"data\":1}";

    private final Api api = new Api();
    private String store = "";

    @BeforeEach
    void open() {
        store = api.open("todo");
        api.fill(store, 1, 1);
    }

    @AfterEach
    void nothing_was_written() {
        api.read(store, "").statusCode(200).body("head", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"events\":[" + EVENT + "]",
                "{\"events\":[" + EVENT + "]} trailing",
                "{\"events\":[" + EVENT + "]}{}",
                "{\"events\":[{\"type\":\"t\",\"data\":NaN}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":01}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":'a'}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":[1,]}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":{\"a\":1,\"a\":2}}]}",
                "{\"events\":[{\"type\":\"t\",\"type\":\"u\",\"data\":1}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":\"a\nb\"}]}",
                "/* comment */{\"events\":[" + EVENT + "]}"
            })
    void what_is_not_json_is_refused(String body) {
        refused(api.append(store, body), 400, "invalid-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "1",
                "{}",
                "{\"events\":null}",
                "{\"events\":[]}",
                "{\"events\":{}}",
                "{\"events\":[null]}",
                "{\"events\":[" + EVENT + "],\"unknown\":1}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"unknown\":1}]}",
                "{\"events\":[{\"type\":\"t\"}]}",
                "{\"events\":[{\"data\":1}]}",
                "{\"events\":[{\"type\":7,\"data\":1}]}",
                "{\"events\":[{\"type\":\"\",\"data\":1}]}",
                "{\"events\":[{\"type\":\"\\u0000\",\"data\":1}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"id\":\"\"}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"id\":\"\\ud800\"}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"stream\":\"\"}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"device\":\"\\u0000\"}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"contentType\":\"text/plain\"}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"occurredAt\":\"yesterday\"}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"occurredAt\":\"+1000000-01-01T00:00:00Z\"}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"occurredAt\":1}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"attributes\":{\"a\":null}}]}",
                "{\"events\":[{\"type\":\"t\",\"data\":1,\"attributes\":{\"a\":\"\\u0000\"}}]}",
                "{\"events\":[" + EVENT + "],\"expectedHead\":-1}",
                "{\"events\":[" + EVENT + "],\"expectedHead\":\"0\"}",
                "{\"events\":[" + EVENT + "],\"expectedHead\":1.5}",
                "{\"events\":[" + EVENT + "],\"expectedHead\":99999999999999999999}",
                "{\"events\":[" + EVENT + "],\"expectedRevision\":{}}",
                "{\"events\":[" + EVENT + "],\"expectedRevision\":{\"stream\":\"a\"}}",
                "{\"events\":[" + EVENT + "],\"expectedRevision\":{\"stream\":\"a\",\"revision\":\"some\"}}",
                "{\"events\":[" + EVENT + "],\"expectedRevision\":{\"stream\":\"a\",\"revision\":-1}}",
                "{\"events\":[" + EVENT + "],\"expectedHead\":1,"
                        + "\"expectedRevision\":{\"stream\":\"a\",\"revision\":1}}"
            })
    void what_does_not_fit_is_refused(String body) {
        refused(api.append(store, body), 400, "invalid-request");
    }

    @Test
    void json_may_be_nested_as_deep_as_allowed_and_not_deeper() {
        // Two levels are the body's own.
        refused(api.append(store, nested(200)), 400, "invalid-json");
        refused(bytes(nested(1_000_000).getBytes(StandardCharsets.UTF_8)), 400, "invalid-json");
        var other = api.open("deep");
        api.append(other, nested(197)).statusCode(200);
    }

    private static String nested(int depth) {
        return "{\"events\":[{\"type\":\"t\",\"data\":" + "[".repeat(depth) + "]".repeat(depth) + "}]}";
    }

    @Test
    void other_encodings_and_broken_ones_are_refused() {
        var json = "{\"events\":[" + EVENT + "]}";
        refused(bytes(json.getBytes(StandardCharsets.UTF_16)), 400, "invalid-json");
        refused(bytes(json.getBytes(StandardCharsets.UTF_16LE)), 400, "invalid-json");
        refused(bytes(("\ufeff" + json).getBytes(StandardCharsets.UTF_8)), 400, "invalid-json");
        var broken = "{\"events\":[{\"type\":\"t\",\"data\":\"?\"}]}".getBytes(StandardCharsets.UTF_8);
        for (byte bad : new byte[] {(byte) 0xff, (byte) 0xc0, (byte) 0x80, (byte) 0xed}) {
            broken[indexOf(broken, '?')] = bad;
            refused(bytes(broken), 400, "invalid-json");
            broken = new String(broken, StandardCharsets.ISO_8859_1)
                    .replace((char) (bad & 0xff), '?')
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static int indexOf(byte[] bytes, char wanted) {
        return IntStream.range(0, bytes.length)
                .filter(i -> bytes[i] == wanted)
                .findFirst()
                .orElseThrow();
    }

    private ValidatableResponse bytes(byte[] body) {
        return api.asked()
                .config(io.restassured.RestAssured.config()
                        .encoderConfig(io.restassured.config.EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("application/json")
                .body(body)
                .post("/api/v1/stores/{store}/events", store)
                .then();
    }

    @Test
    void an_append_carries_as_many_events_as_the_log_takes_and_not_one_more() {
        var tooMany = IntStream.range(0, 501).mapToObj(_ -> EVENT).collect(Collectors.joining(","));

        refused(api.append(store, "{\"events\":[" + tooMany + "]}"), 413, "too-many-events")
                .body("allowed", equalTo(500));
    }

    @Test
    void events_and_appends_over_the_logs_limits_are_refused() {
        var tooLarge = "{\"type\":\"t\",\"data\":\"" + "x".repeat(64 * 1024 - 1) + "\"}";
        var large = "{\"type\":\"t\",\"data\":\"" + "x".repeat(60 * 1024) + "\"}";

        refused(api.append(store, "{\"events\":[" + tooLarge + "]}"), 413, "event-too-large");
        refused(
                api.append(store, "{\"events\":[" + String.join(",", large, large, large, large, large) + "]}"),
                413,
                "payload-too-large");
    }

    @Test
    void a_body_over_the_servers_limit_is_refused_before_it_is_sent() throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("POST /api/v1/stores/" + store + "/events HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Authorization: Bearer " + api.token()
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 33554433\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);

            var answer = new String(socket.getInputStream().readNBytes(300), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json", "payload-too-large");
        }
    }

    @Test
    void a_body_that_turns_out_to_be_over_the_servers_limit_is_refused() throws Exception {
        var spaces = new byte[33_554_433];
        Arrays.fill(spaces, (byte) ' ');
        var chunked = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/api/v1/stores/" + store + "/events"))
                .header("Authorization", "Bearer " + api.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spaces)))
                .build();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = http.send(chunked, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("payload-too-large", "33554432");
        }
    }

    @Test
    void a_compressed_body_is_read() throws IOException {
        // Understood: refused for what it says.
        refused(gzipped(gzip("{\"expectedHead\":0,\"events\":[" + EVENT + "]}")), 409, "wrong-expected-head");
    }

    @Test
    void a_compressed_body_that_ends_too_soon_is_refused() throws IOException {
        var whole = gzip("{\"events\":[" + EVENT + "]}");

        refused(gzipped(Arrays.copyOf(whole, whole.length / 2)), 400, "invalid-json");
        refused(gzipped(Arrays.copyOf(whole, whole.length - 4)), 400, "invalid-json");
    }

    @Test
    void a_body_that_only_claims_to_be_compressed_is_refused() {
        refused(gzipped("no gzip at all".getBytes(StandardCharsets.US_ASCII)), 400, "invalid-json");
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private ValidatableResponse gzipped(byte[] body) {
        return api.asked()
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(body)
                .post("/api/v1/stores/{store}/events", store)
                .then();
    }

    @ParameterizedTest
    @CsvSource({
        "?after=-1,400,invalid-cursor",
        "?after=x,400,invalid-cursor",
        "?after=1.5,400,invalid-cursor",
        "?after=99999999999999999999,400,invalid-cursor",
        "?before=-1,400,invalid-cursor",
        "?after=0&before=1,400,invalid-cursor",
        "?after=2,400,cursor-beyond-head",
        "?after=9223372036854775807,400,cursor-beyond-head",
        "?after=2&wait=10,400,cursor-beyond-head",
        "?limit=0,400,invalid-request",
        "?limit=-1,400,invalid-request",
        "?limit=1001,400,invalid-request",
        "?limit=x,400,invalid-request",
        "?wait=-1,400,invalid-request",
        "?wait=31,400,invalid-request",
        "?wait=x,400,invalid-request",
        "?before=1&wait=1,400,invalid-request",
        "?generation=0,400,invalid-request",
        "?generation=x,400,invalid-request",
        "?generation=2,409,generation-changed"
    })
    void what_stands_in_the_address_is_checked(String query, int status, String type) {
        refused(api.read(store, query), status, type);
    }

    @ParameterizedTest
    @CsvSource({
        "?after=-1,,400,invalid-cursor",
        "?after=2,,400,cursor-beyond-head",
        ",x,400,invalid-cursor",
        ",-1,400,invalid-cursor",
        ",2,400,cursor-beyond-head",
        ",0-1,400,invalid-cursor"
    })
    void where_a_stream_begins_is_checked(String query, String lastEventId, int status, String type) {
        var asked = lastEventId == null ? api.asked() : api.asked().header("Last-Event-ID", lastEventId);
        refused(
                asked.get("/api/v1/stores/" + store + "/live" + (query == null ? "" : query))
                        .then(),
                status,
                type);
    }

    @Test
    void a_token_is_needed_and_it_must_be_good() {
        var path = "/api/v1/stores/" + store + "/events";
        refused(given().get(path).then(), 401, "not-authenticated");
        for (var token : new String[] {
            TestTokens.expired(api.user),
            TestTokens.forAnotherAudience(api.user),
            api.token().substring(0, api.token().length() - 4) + "AAAA",
            "no.token.at-all",
            "x"
        }) {
            refused(given().auth().oauth2(token).get(path).then(), 401, "not-authenticated");
            refused(
                    given().auth()
                            .oauth2(token)
                            .contentType(ContentType.JSON)
                            .body("{\"events\":[" + EVENT + "]}")
                            .post(path)
                            .then(),
                    401,
                    "not-authenticated");
        }
    }

    @Test
    void another_media_type_or_method_is_refused() {
        var path = "/api/v1/stores/" + store + "/events";
        refused(api.asked().contentType("text/plain").body("{}").post(path).then(), 415, "unsupported-media-type");
        refused(api.asked().put("/api/v1/stores").then(), 405, "method-not-allowed");
        refused(api.asked().accept("text/csv").get(path).then(), 406, "not-acceptable");
        refused(api.asked().get("/api/v1/stores/" + store + "/nothing").then(), 404, "not-found");
    }

    @Test
    void an_idempotency_key_is_checked() {
        refused(
                api.asked()
                        .header("Idempotency-Key", "x".repeat(189))
                        .contentType(ContentType.JSON)
                        .body("{\"events\":[" + EVENT + "]}")
                        .post("/api/v1/stores/{store}/events", store)
                        .then(),
                400,
                "invalid-request");
    }

    @Test
    void a_store_that_is_not_there_takes_nothing() {
        refused(api.append(UUID.randomUUID().toString(), "{\"events\":[" + EVENT + "]}"), 404, "store-not-found");
    }

    private static ValidatableResponse refused(ValidatableResponse answer, int status, String type) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/" + type))
                .body("status", equalTo(status))
                .body("detail", not(containsString("Exception")));
    }
}
