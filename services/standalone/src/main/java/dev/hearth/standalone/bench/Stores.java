package dev.hearth.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// Single calls on the native face and the views, where their time does not matter.
final class Stores implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Subject subject;
    private final HttpClient http = HttpClient.newHttpClient();

    Stores(Subject subject) {
        this.subject = subject;
    }

    /// The id of a new store.
    String open() {
        var name = "bench-" + UUID.randomUUID();
        return call("POST", "/api/v1/stores", "{\"name\":\"" + name + "\"}")
                .path("id")
                .asText();
    }

    List<String> open(int count) {
        return IntStream.range(0, count).mapToObj(_ -> open()).toList();
    }

    JsonNode get(String path, String... header) {
        return call("GET", path, "", header);
    }

    JsonNode post(String path, String body) {
        return call("POST", path, body);
    }

    private JsonNode call(String method, String path, String body, String... header) {
        var request = HttpRequest.newBuilder(URI.create(subject.origin() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + subject.token());
        if (header.length > 0) {
            request.headers(header);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        try {
            var answer = http.send(request.method(method, publisher).build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new BenchFailed(method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException failure) {
            throw new BenchFailed(method + " " + path + " failed: " + failure, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
