package dev.hearth.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.embedded.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A person's stores as the view "usage" tells of them, for the terminal.
final class UsageLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// So many stores are shown; the total is of all.
    private static final int MAX_PAGES = 10;

    private UsageLines() {}

    static List<String> of(URI origin, DataFolder data, Secret token) {
        List<String> lines = new ArrayList<>();
        try (var http = LocalHttp.to(data).build()) {
            var page = page(http, origin, token, "");
            var total = page.path("total");
            lines.add(line("store", "face", "events", "bytes", "last activity"));
            for (int pages = 1; ; pages++) {
                page.path("stores").forEach(store -> lines.add(line(store)));
                if (!page.hasNonNull("next")) {
                    break;
                }
                if (pages == MAX_PAGES) {
                    lines.add("… and more");
                    break;
                }
                page = page(http, origin, token, "?after=" + page.path("next").asText());
            }
            lines.add(line(
                    total.path("stores").asText() + " in all",
                    "",
                    total.path("events").asText(),
                    total.path("bytes").asText(),
                    total.path("lastActivity").asText("")));
        }
        return lines;
    }

    private static String line(JsonNode store) {
        return line(
                store.path("name").asText(),
                store.path("face").asText(),
                store.path("events").asText(),
                store.path("bytes").asText(),
                store.path("lastActivity").asText());
    }

    private static String line(String store, String face, String events, String bytes, String last) {
        return String.format(Locale.ROOT, "%-32s %-10s %10s %14s  %s", store, face, events, bytes, last)
                .stripTrailing();
    }

    private static JsonNode page(HttpClient http, URI origin, Secret token, String after) {
        var request = HttpRequest.newBuilder(URI.create(origin + "/api/v1/usage" + after))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token.value())
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            var json = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new Refusal("The stores cannot be shown: "
                        + json.path("detail").asText("the answer was " + answer.statusCode()));
            }
            return json;
        } catch (IOException away) {
            throw new Refusal("The stores cannot be shown: " + origin + " does not answer.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }
}
