package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletionException;

/// Puts something secret into every place of a request that there is, and looks for it in the logs.
final class CanaryScenario {
    /// Made of no letters that anything else in a log begins with.
    private static final String CANARY = "xqzcanary";

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final String origin;
    private final HttpClient http;
    private final DataFolder data;
    private final String token;

    CanaryScenario(String origin, HttpClient http, DataFolder data, String token) {
        this.origin = origin;
        this.http = http;
        this.data = data;
        this.token = token;
    }

    void play() throws Exception {
        var stores = "/api/v1/stores";
        send(request("/api/v1/account").setHeader("Authorization", "Bearer " + CANARY));
        send(request("/api/v1/account").setHeader("Authorization", "Basic " + CANARY));
        send(request("/api/v1/account").header("Cookie", "session=" + CANARY).header("X-Secret", CANARY));
        send(request(stores + "?token=" + CANARY + "&access_token=" + CANARY));
        send(request(stores + "/" + CANARY + "/events"));
        send(request("/faces/" + CANARY));
        send(request("/internal/" + CANARY));
        send(request("/identity/realms/hearth/" + CANARY));
        send(request(CANARY + "/%2e%2e"));
        send(json(stores, "{\"name\":\"" + CANARY + "\"}"));
        send(json(stores, "{\"name\": " + CANARY));
        send(json(stores, "{\"" + CANARY + "\":1}"));
        var store = stores + "/"
                + new ObjectMapper()
                        .readTree(send(json(stores, "{\"name\":\"kept\"}")).body())
                        .get("id")
                        .asText();
        send(json(store + "/events", "{\"events\":[{\"type\":\"noted\",\"data\":\"" + CANARY + "\"}]}"));
        send(json(store + "/events", "{\"events\":[{\"type\":\"" + CANARY + "\"}]}"));
        socket("/faces/livestore?storeId=" + CANARY + "&payload=%7B%22authToken%22%3A%22" + CANARY + "%22%7D");

        for (String name : List.of("hearth", "postgres")) {
            assertThat(Files.readString(data.log(name))).as(name).doesNotContainIgnoringCase(CANARY);
        }
    }

    void traced() throws Exception {
        var parent = "00-" + TRACE + "-00f067aa0ba902b7-01";

        assertThat(send(request("/api/v1/account").header("traceparent", parent))
                        .headers()
                        .firstValue("Trace-Id"))
                .contains(TRACE);
        assertThat(send(request("/api/v1/nothing").header("traceparent", CANARY))
                        .headers()
                        .firstValue("Trace-Id")
                        .orElseThrow())
                .matches("[0-9a-f]{32}");
    }

    /// Each line by itself is JSON.
    void json() throws Exception {
        for (String line : Files.readAllLines(data.log("hearth"))) {
            assertThat(new ObjectMapper().readTree(line).hasNonNull("level"))
                    .as(line)
                    .isTrue();
        }
    }

    private void socket(String path) {
        try {
            http.newWebSocketBuilder()
                    .buildAsync(URI.create(origin.replaceFirst("http", "ws") + path), new WebSocket.Listener() {})
                    .join()
                    .abort();
        } catch (CompletionException refused) {
            // As it should be.
        }
    }

    private HttpRequest.Builder json(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + (path.startsWith("/") ? "" : "/") + path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
