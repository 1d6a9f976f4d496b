package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.contracts.Topics;
import dev.hearth.embedded.PostgresAddress;
import dev.hearth.testkit.Everywhere;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/// Somebody leaves traces in all places that there are, has their account deleted, and is looked for in every table, in
/// what Kafka keeps for good, and in the logs.
final class DeletionScenario {
    /// Grace is over soon, and views are compared with the log soon.
    static final Map<String, String> IMPATIENT = Map.of(
            "AUTH_DELETION_GRACE", "1s",
            "AUTH_DELETION_INTERVAL", "1s",
            "PROJECTION_REBUILD_RECONCILE_INTERVAL", "1s");

    /// Made of no letters that anything else begins with.
    private static final String CANARY = "xqzvanished";

    private static final String PASSWORD = "a long enough one";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HearthProgram hearth;
    private final DataFolder data;
    private final String origin;

    DeletionScenario(HearthProgram hearth, DataFolder data) {
        this.hearth = hearth;
        this.data = data;
        this.origin = "http://localhost:" + hearth.port;
    }

    void play() throws Exception {
        var email = CANARY + "@example.org";
        assertThat(hearth.run(PASSWORD, "user", "add", email, "--name", CANARY, "--password-stdin")
                        .code())
                .isZero();
        try (var http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var user = leaveTraces(http, email);
            aNeighbourInvites(email);
            assertThat(found())
                    .contains(
                            "auth.account.email",
                            "auth.api_token.name",
                            "auth.invite_mail.address",
                            "auth.session.device",
                            "event_store.event.device",
                            "event_store.event.payload",
                            "event_store.store.client_id",
                            "event_store.store_alias.client_id",
                            "public.user_entity.email",
                            "projection.usage.client_id");

            send(http, "POST", "/api/v1/account/deletion", "{\"email\":\"" + email + "\"}", 202);

            isGone();
            assertThat(latestIdentities())
                    .hasEntrySatisfying(
                            "user:" + user, state -> assertThat(state).isEqualTo("{\"state\": \"deleted\"}"))
                    .allSatisfy((_, state) -> assertThat(state).doesNotContain(CANARY));
            try (var logs = Files.list(data.logs())) {
                assertThat(logs)
                        .isNotEmpty()
                        .allSatisfy(log -> assertThat(Files.readString(log))
                                .as(log.toString())
                                .doesNotContainIgnoringCase(CANARY));
            }
            send(http, "POST", "/auth/login", login(email), 401);
        }
    }

    private String leaveTraces(HttpClient http, String email) throws Exception {
        var user =
                send(http, "POST", "/auth/login", login(email), 200).get("id").asText();
        send(http, "POST", "/api/v1/tokens", "{\"name\":\"" + CANARY + "\",\"scopes\":[\"read\"]}", 201);
        var household = send(http, "POST", "/api/v1/households", "{\"name\":\"" + CANARY + "\"}", 201);
        var own = send(http, "POST", "/api/v1/stores", "{\"name\":\"" + CANARY + "\"}", 201);
        var shared = send(
                http,
                "POST",
                "/api/v1/stores",
                "{\"name\":\"shared\",\"household\":\"" + household.get("id").asText() + "\"}",
                201);
        send(
                http,
                "PUT",
                "/api/v1/stores/aliases/native/" + CANARY + "-too",
                "{\"store\":\"" + shared.get("id").asText() + "\"}",
                200);
        for (JsonNode store : new JsonNode[] {own, shared}) {
            var event = JSON.createObjectNode()
                    .put("type", CANARY)
                    .put("stream", CANARY)
                    .put("data", CANARY);
            event.put("device", CANARY);
            send(
                    http,
                    "POST",
                    "/api/v1/stores/" + store.get("id").asText() + "/events",
                    JSON.createObjectNode()
                            .set("events", JSON.createArrayNode().add(event))
                            .toString(),
                    200);
        }
        // Folded too.
        var counted = request("/api/v1/usage")
                .header("Hearth-Min-Sequence", own.get("id").asText() + "=1")
                .build();
        assertThat(http.send(counted, BodyHandlers.ofString()).body()).contains(CANARY);
        return user;
    }

    /// Who stays, and has written down the address of who goes.
    private void aNeighbourInvites(String email) throws Exception {
        var neighbour = "neighbour@example.org";
        assertThat(hearth.run(PASSWORD, "user", "add", neighbour, "--password-stdin")
                        .code())
                .isZero();
        try (var http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var login = "{\"email\":\"" + neighbour + "\",\"password\":\"" + PASSWORD + "\"}";
            send(http, "POST", "/auth/login", login, 200);
            var household = send(http, "POST", "/api/v1/households", "{\"name\":\"Next door\"}", 201)
                    .get("id")
                    .asText();
            var invites = "/api/v1/households/" + household + "/invites";
            send(http, "POST", invites, "{\"email\":\"" + email + "\"}", 201);
        }
    }

    private static String login(String email) {
        return "{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\",\"device\":\"" + CANARY + "\"}";
    }

    private void isGone() throws Exception {
        long latest = System.nanoTime() + PATIENCE.toNanos();
        var found = found();
        while (!found.isEmpty()) {
            assertThat(System.nanoTime()).as("still in " + found).isLessThan(latest);
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            found = found();
        }
    }

    private List<String> found() throws Exception {
        var port = Integer.parseInt(PrivateProperties.read(data.ports()).get("postgres"));
        return Everywhere.with(
                new PostgresAddress(
                        "127.0.0.1", port, "postgres", Secrets.of(data).superuser()),
                CANARY);
    }

    /// What compaction leaves: the last state of each subject.
    private Map<String, String> latestIdentities() {
        var servers = "127.0.0.1:" + PrivateProperties.read(data.ports()).get("kafka");
        var latest = new HashMap<String, String>();
        Map<String, Object> settings = Map.of("bootstrap.servers", servers);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(Topics.IDENTITY, 0);
            var all = List.of(partition);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = consumer.endOffsets(all).get(partition);
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    @Nullable String state = record.value();
                    latest.put(record.key(), state == null ? "" : state);
                }
            }
        }
        return latest;
    }

    private JsonNode send(HttpClient http, String method, String path, String body, int expected) throws Exception {
        var request = request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(expected);
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path));
    }
}
