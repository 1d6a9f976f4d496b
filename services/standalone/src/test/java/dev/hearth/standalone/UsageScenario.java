package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What somebody writes through one service is counted by another: at once for whoever asks for their own sequence,
/// and soon for everybody, by way of Kafka.
final class UsageScenario {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String origin;
    private final String token;

    UsageScenario(HearthProgram hearth, String token) {
        this.origin = "http://localhost:" + hearth.port;
        this.token = token;
    }

    void play() throws IOException, InterruptedException {
        var store =
                json(post("/api/v1/stores", "{\"name\":\"counted\"}")).get("id").asText();
        append(store, 3);

        var own = usage(store + "=1-3");
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(events(own, store)).isEqualTo(3);

        append(store, 2);
        long latest = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (events(usage(""), store) < 5) {
            assertThat(System.nanoTime()).as("counted without being asked").isLessThan(latest);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(send(request("/api/v1/admin/views")).statusCode()).isEqualTo(403);
    }

    /// Several times: what was remembered of the caller is a moment old each time.
    void playHousehold() throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            var household = json(post("/api/v1/households", "{\"name\":\"Elm Street\"}"))
                    .get("id")
                    .asText();
            var made = post("/api/v1/stores", "{\"name\":\"list\",\"household\":\"" + household + "\"}");
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        }
    }

    private void append(String store, int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            var answer = post(
                    "/api/v1/stores/" + store + "/events", "{\"events\":[{\"type\":\"noted\",\"data\":{\"n\":1}}]}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private HttpResponse<String> usage(String minSequence) throws IOException, InterruptedException {
        var request = request("/api/v1/usage");
        if (!minSequence.isEmpty()) {
            request.header("Hearth-Min-Sequence", minSequence);
        }
        return send(request);
    }

    private static long events(HttpResponse<String> usage, String store) throws IOException {
        for (var found : json(usage).path("stores")) {
            if (found.get("store").asText().equals(store)) {
                return found.get("events").asLong();
            }
        }
        return 0;
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
