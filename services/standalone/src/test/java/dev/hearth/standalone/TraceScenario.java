package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// What an operator does who has the `Trace-Id` of an answer: looks for it in the logs, and finds what became of the
/// event, in every service.
final class TraceScenario {
    /// Of those who start a Hearth for it.
    static final Map<String, String> TELLING = Map.of("QUARKUS_LOG_CATEGORY__EVENTS__LEVEL", "TRACE");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final String origin;
    private final HttpClient http;
    private final DataFolder data;
    private final String token;

    TraceScenario(String origin, HttpClient http, DataFolder data, String token) {
        this.origin = origin;
        this.http = http;
        this.data = data;
        this.token = token;
    }

    /// `steps`: which log is to tell which steps.
    void play(Map<String, Set<String>> steps) throws IOException, InterruptedException {
        var opened = send(json("/api/v1/stores", "{\"name\":\"traced\"}"));
        var store = JSON.readTree(opened.body()).path("id").asText();

        var answer = send(json("/api/v1/stores/" + store + "/events", "{\"events\":[{\"type\":\"noted\",\"data\":1}]}")
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().allValues("Trace-Id")).containsExactly(TRACE);
        long latest = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        for (var log : steps.entrySet()) {
            var told = told(log.getKey(), store);
            while (!told.containsAll(log.getValue())) {
                assertThat(System.nanoTime())
                        .as("%s tells of %s, not of %s", log.getKey(), told, log.getValue())
                        .isLessThan(latest);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                told = told(log.getKey(), store);
            }
        }
    }

    /// The steps of this store's events on lines that carry the trace.
    private Set<String> told(String log, String store) throws IOException {
        var told = new HashSet<String>();
        for (String line : Files.readAllLines(data.log(log))) {
            if (line.startsWith("{") && line.endsWith("}") && line.contains(store)) {
                var fields = JSON.readTree(line);
                var message = fields.path("message").asText();
                if (fields.path("mdc").path("traceId").asText().equals(TRACE) && message.startsWith("event ")) {
                    told.add(message.substring("event ".length(), message.indexOf(" store=")));
                }
            }
        }
        return told;
    }

    private HttpRequest.Builder json(String path, String body) {
        return HttpRequest.newBuilder(URI.create(origin + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
