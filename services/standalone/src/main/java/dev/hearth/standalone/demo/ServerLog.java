package dev.hearth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What the server has kept, read through its native API.
final class ServerLog {
    private final Api api;

    ServerLog(Server server) {
        this.api = new Api(server);
    }

    /// The whole history of the LiveStore store of this name; fails if its sequences are not 1, 2, 3 …
    History read(String store) {
        String id = id(store);
        List<History.Entry> entries = new ArrayList<>();
        boolean more = true;
        while (more) {
            JsonNode page = api.get("/api/v1/stores/" + id + "/events?limit=500&after=" + entries.size());
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
        JsonNode answer = api.get("/api/v1/stores");
        for (JsonNode candidate : answer.isArray() ? answer : answer.path("stores")) {
            if (candidate.path("face").asText().equals("livestore")
                    && candidate.path("name").asText().equals(store)) {
                return candidate.path("id").asText();
            }
        }
        throw new DemoFailed("the server does not list the store " + store);
    }
}
