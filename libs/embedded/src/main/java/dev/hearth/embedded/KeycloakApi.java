package dev.hearth.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// Keycloak over HTTP: tokens, and questions in JSON.
final class KeycloakApi {
    static final ObjectMapper JSON = new ObjectMapper();
    static final JsonNode NOTHING = MissingNode.getInstance();

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    KeycloakApi(URI base) {
        this.base = base;
    }

    /// @throws ServerFailed when the credentials are not accepted
    Secret token(String realm, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer =
                send(HttpRequest.newBuilder(URI.create(base + "/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
        var json = parse(answer.body());
        if (answer.statusCode() != 200) {
            throw new ServerFailed(
                    "Keycloak refuses: " + json.path("error_description").asText("no reason given"));
        }
        return new Secret(json.path("access_token").asText());
    }

    HttpResponse<String> send(Secret token, String method, String path, JsonNode body) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token.value())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString())));
    }

    JsonNode get(Secret token, String path) {
        var answer = send(token, "GET", path, NOTHING);
        expect(answer, 200, "it does not say what is at " + path);
        return parse(answer.body());
    }

    void change(Secret token, String method, String path, JsonNode body, String otherwise) {
        var answer = send(token, method, path, body);
        if (answer.statusCode() / 100 != 2) {
            throw failed(answer, otherwise);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new ServerFailed("Keycloak does not answer at " + base, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerFailed("interrupted", interrupted);
        }
    }

    private static void expect(HttpResponse<String> answer, int status, String otherwise) {
        if (answer.statusCode() != status) {
            throw failed(answer, otherwise);
        }
    }

    private static ServerFailed failed(HttpResponse<String> answer, String otherwise) {
        return new ServerFailed("Keycloak: " + otherwise + " (" + answer.statusCode() + " " + answer.body() + ")");
    }

    static JsonNode parse(String text) {
        try {
            return text.isBlank() ? NOTHING : JSON.readTree(text);
        } catch (IOException notJson) {
            throw new ServerFailed("Keycloak answered something that is not JSON", notJson);
        }
    }
}
