package dev.hearth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the server has kept, read through its native API.
final class ServerLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Server server;
    private final HttpClient http;

    ServerLog(Server server) {
        this.server = server;
        this.http = server.http()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
    }

    /// The whole history of the LiveStore store of this name; fails if its sequences are not 1, 2, 3 …
    History read(String store) {
        String id = id(store);
        List<History.Entry> entries = new ArrayList<>();
        boolean more = true;
        while (more) {
            JsonNode page = get("/api/v1/stores/" + id + "/events?limit=500&after=" + entries.size());
            for (JsonNode event : page.path("events")) {
                long sequence = event.path("sequence").asLong();
                if (sequence != entries.size() + 1) {
                    throw new DemoFailed("the log has a gap: after " + entries.size() + " comes " + sequence);
                }
                entries.add(new History.Entry(
                        event.path("alias").asLong(),
                        event.path("type").asText(),
                        event.path("data"),
                        event.path("device").asText()));
            }
            more = page.path("more").asBoolean() && !page.path("events").isEmpty();
        }
        return new History(entries);
    }

    private String id(String store) {
        JsonNode answer = get("/api/v1/stores");
        for (JsonNode candidate : answer.isArray() ? answer : answer.path("stores")) {
            if (candidate.path("face").asText().equals("livestore")
                    && candidate.path("name").asText().equals(store)) {
                return candidate.path("id").asText();
            }
        }
        throw new DemoFailed("the server does not list the store " + store);
    }

    private JsonNode get(String path) {
        var request = HttpRequest.newBuilder(URI.create(server.origin() + path))
                .header("Authorization", "Bearer " + server.token())
                .timeout(LIMIT)
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new DemoFailed("GET " + path + " was answered with " + answer.statusCode());
            }
            return JSON.readTree(answer.body());
        } catch (IOException failure) {
            throw new DemoFailed("GET " + path + " failed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
    }
}
