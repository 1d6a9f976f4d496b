package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/// What somebody wrote comes out in an archive, and into somebody else's account, once.
final class CarryScenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVENTS = 900;

    private final String origin;
    private final String from;
    private final String to;

    CarryScenario(HearthProgram hearth, String from, String to) {
        this.origin = "http://localhost:" + hearth.port;
        this.from = from;
        this.to = to;
    }

    void play() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var store = JSON.readTree(text(http, from, "/api/v1/stores", "{\"name\":\"carried\"}"));
            var events = JSON.createArrayNode();
            for (int i = 0; i < EVENTS; i++) {
                events.addObject().put("type", "noted").put("id", "e" + i).put("data", "note " + i + " ä");
            }
            text(
                    http,
                    from,
                    "/api/v1/stores/" + store.get("id").asText() + "/events",
                    JSON.createObjectNode().set("events", events).toString());

            var archive = http.send(with(from, "/api/v1/account/export").build(), BodyHandlers.ofByteArray());
            assertThat(archive.statusCode()).isEqualTo(200);

            var first = take(http, archive.body());
            assertThat(first.get("events").asInt()).isEqualTo(EVENTS);
            assertThat(take(http, archive.body()).get("known").asInt()).isEqualTo(EVENTS);
            assertThat(events(http, to, first.get("id").asText()))
                    .isEqualTo(events(http, from, store.get("id").asText()));
        }
    }

    private JsonNode take(HttpClient http, byte[] archive) throws Exception {
        var answer = http.send(
                with(to, "/api/v1/account/import")
                        .header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(archive))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        for (var store : JSON.readTree(answer.body()).get("stores")) {
            if (store.get("name").asText().equals("carried")) {
                return store;
            }
        }
        throw new AssertionError("the store did not come along: " + answer.body());
    }

    /// In the order of the store, without what is new here.
    private String events(HttpClient http, String token, String store) throws Exception {
        var page = http.send(
                with(token, "/api/v1/stores/" + store + "/events?limit=" + EVENTS)
                        .build(),
                BodyHandlers.ofString());
        var events = JSON.readTree(page.body()).get("events");
        assertThat(events).as(page.body()).hasSize(EVENTS);
        for (var event : events) {
            ((ObjectNode) event).remove(List.of("actor", "recordedAt"));
        }
        return events.toString();
    }

    private String text(HttpClient http, String token, String path, String body) throws Exception {
        var answer = http.send(
                with(token, path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return answer.body();
    }

    private HttpRequest.Builder with(String bearer, String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).header("Authorization", "Bearer " + bearer);
    }
}
