package dev.hearth.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Keycloak's admin API, as far as Hearth needs it: its realm, and people.
public final class KeycloakAdmin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REALM = "hearth";

    /// How adding a person ended.
    public enum Added {
        ADDED,
        EXISTS,
        /// The password or the address is not acceptable.
        REFUSED
    }

    private final URI base;
    private final String clientId;
    private final Secret secret;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /// @param base Keycloak's own address, with its path
    public KeycloakAdmin(URI base, String clientId, Secret secret) {
        this.base = base;
        this.clientId = clientId;
        this.secret = secret;
    }

    /// Makes the realm from its file, or brings a realm that is there up to the file. `values` fill the file's
    /// `${NAME}`.
    /// People, sessions and keys stay.
    public void applyRealm(String file, Map<String, String> values) {
        var realm = parse(filled(file, values));
        String token = token();
        if (send(token, "GET", "/admin/realms/" + REALM, MissingNode.getInstance())
                        .statusCode()
                == 404) {
            expect(send(token, "POST", "/admin/realms", realm), 201, "the realm could not be made");
            return;
        }
        var settings = ((ObjectNode) realm).deepCopy();
        var clients = settings.remove("clients");
        settings.remove(List.of("users", "components", "roles"));
        expect(send(token, "PUT", "/admin/realms/" + REALM, settings), 204, "the realm could not be updated");
        clients.forEach(client -> applyClient(token, client));
    }

    private void applyClient(String token, JsonNode client) {
        String clients = "/admin/realms/" + REALM + "/clients";
        var known = parse(send(
                        token,
                        "GET",
                        clients + "?clientId=" + client.path("clientId").asText(),
                        MissingNode.getInstance())
                .body());
        if (known.isEmpty()) {
            expect(send(token, "POST", clients, client), 201, "a client could not be made");
            return;
        }
        // Merged into what is there, so that mappers keep their ids.
        var merged = (ObjectNode) known.get(0);
        client.properties().forEach(field -> {
            if (!field.getKey().equals("protocolMappers")) {
                merged.set(field.getKey(), field.getValue());
            }
        });
        String path = clients + "/" + merged.path("id").asText();
        expect(send(token, "PUT", path, merged), 204, "a client could not be updated");
    }

    /// Adds a person who can sign in at once.
    public Added addUser(String email, String name, Secret password) {
        var user = JSON.createObjectNode();
        user.put("username", email).put("email", email).put("enabled", true).put("emailVerified", true);
        int space = name.lastIndexOf(' ');
        user.put("firstName", space < 0 ? name : name.substring(0, space));
        user.put("lastName", space < 0 ? "" : name.substring(space + 1));
        user.putArray("credentials").addObject().put("type", "password").put("value", password.value());
        var answer = send(token(), "POST", "/admin/realms/" + REALM + "/users", user);
        return switch (answer.statusCode()) {
            case 201 -> Added.ADDED;
            case 409 -> Added.EXISTS;
            case 400 -> Added.REFUSED;
            default -> throw new ServerFailed("Keycloak answered " + answer.statusCode());
        };
    }

    /// Gives a person a role of the realm's.
    public void grant(String email, String role) {
        String token = token();
        var users = parse(send(
                        token,
                        "GET",
                        "/admin/realms/" + REALM + "/users?exact=true&username="
                                + URLEncoder.encode(email, StandardCharsets.UTF_8),
                        MissingNode.getInstance())
                .body());
        if (users.isEmpty()) {
            throw new ServerFailed("Keycloak knows nobody with the address " + email);
        }
        var found = parse(send(token, "GET", "/admin/realms/" + REALM + "/roles/" + role, MissingNode.getInstance())
                .body());
        var roles = JSON.createArrayNode().add(found);
        String path =
                "/admin/realms/" + REALM + "/users/" + users.get(0).path("id").asText() + "/role-mappings/realm";
        expect(send(token, "POST", path, roles), 204, "the role could not be given");
    }

    /// An access token for the Hearth realm, got with a form as OAuth 2 wants it.
    /// @throws ServerFailed when the credentials are not accepted
    public Secret realmToken(Map<String, String> form) {
        return token(REALM, form);
    }

    private String token() {
        return token(
                        "master",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                clientId,
                                "client_secret",
                                secret.value()))
                .value();
    }

    private Secret token(String realm, Map<String, String> form) {
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

    private HttpResponse<String> send(String token, String method, String path, JsonNode body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        return send(request);
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
            throw new ServerFailed("Keycloak: " + otherwise + " (" + answer.statusCode() + " " + answer.body() + ")");
        }
    }

    private static String filled(String file, Map<String, String> values) {
        String text = file;
        for (var value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }

    private static JsonNode parse(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (IOException notJson) {
            throw new ServerFailed("Keycloak answered something that is not JSON", notJson);
        }
    }
}
