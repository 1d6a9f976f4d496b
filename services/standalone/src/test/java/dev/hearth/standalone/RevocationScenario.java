package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Somebody gives a program an API token and takes it back: through the origin, with auth and sync wherever they run.
final class RevocationScenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PROMISED_SECONDS = 5;

    private final String origin;
    private final String token;

    RevocationScenario(HearthProgram hearth, String token) {
        this.origin = "http://localhost:" + hearth.port;
        this.token = token;
    }

    void play() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var store = post(client, "/api/v1/stores", "{\"name\":\"watched\"}")
                    .get("id")
                    .asText();
            var issued = post(client, "/api/v1/tokens", "{\"name\":\"a program\",\"scopes\":[\"read\"]}");
            var secret = issued.get("secret").asText();
            var stream = client.send(
                    with(secret, "/api/v1/stores/" + store + "/live").build(), BodyHandlers.ofLines());
            assertThat(stream.statusCode()).isEqualTo(200);

            var revoked = client.send(
                    with(
                                    token,
                                    "/api/v1/tokens/"
                                            + issued.get("token").get("id").asText())
                            .DELETE()
                            .build(),
                    BodyHandlers.discarding());

            assertThat(revoked.statusCode()).isEqualTo(204);
            var lines = CompletableFuture.supplyAsync(() -> stream.body().toList());
            assertThat(lines.get(PROMISED_SECONDS, TimeUnit.SECONDS)).contains("event: opened", "event: expired");
            var after = client.send(with(secret, "/api/v1/stores").build(), BodyHandlers.discarding());
            assertThat(after.statusCode()).isEqualTo(401);
        }
    }

    private JsonNode post(HttpClient client, String path, String body) throws Exception {
        var answer = client.send(
                with(token, path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder with(String bearer, String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).header("Authorization", "Bearer " + bearer);
    }
}
