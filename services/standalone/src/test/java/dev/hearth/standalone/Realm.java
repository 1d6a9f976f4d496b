package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/// Hearth's realm, as its administrator may change it behind Hearth's back.
final class Realm {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HearthProgram hearth;
    private final DataFolder data;

    Realm(HearthProgram hearth, DataFolder data) {
        this.hearth = hearth;
        this.data = data;
    }

    /// From the next token on.
    void tokensLast(Duration life) throws IOException, InterruptedException {
        var changed = send(
                "PUT",
                keycloak() + "/admin/realms/hearth",
                administrator(),
                "{\"accessTokenLifespan\":" + life.toSeconds() + "}");

        assertThat(changed.statusCode()).isEqualTo(204);
    }

    /// As in a realm that is older than this client.
    void removeClientOfBrowsers() throws IOException, InterruptedException {
        String clients = keycloak() + "/admin/realms/hearth/clients";
        String token = administrator();

        JsonNode found = JSON.readTree(
                send("GET", clients + "?clientId=hearth-web", token, "").body());
        var removed = send("DELETE", clients + "/" + found.get(0).get("id").asText(), token, "");

        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(signInPage("http://localhost:" + hearth.port + "/")).isEqualTo(400);
    }

    void takeRoleFromAll(String role) throws IOException, InterruptedException {
        String realm = keycloak() + "/admin/realms/hearth";
        String token = administrator();
        String taken = "[" + send("GET", realm + "/roles/" + role, token, "").body() + "]";

        for (var user : JSON.readTree(
                send("GET", realm + "/roles/" + role + "/users", token, "").body())) {
            String roles = realm + "/users/" + user.get("id").asText() + "/role-mappings/realm";
            assertThat(send("DELETE", roles, token, taken).statusCode()).isEqualTo(204);
        }
    }

    /// What Keycloak answers a browser that wants to be sent back to an address.
    int signInPage(String address) throws IOException, InterruptedException {
        String back = URLEncoder.encode(address, StandardCharsets.UTF_8);
        return send(
                        "GET",
                        keycloak() + "/realms/hearth/protocol/openid-connect/auth?client_id=hearth-web"
                                + "&response_type=code&scope=openid&code_challenge_method=S256&code_challenge="
                                + "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&redirect_uri=" + back,
                        "",
                        "")
                .statusCode();
    }

    private String keycloak() {
        return PrivateProperties.read(data.config("hearth")).get("hearth.keycloak.url");
    }

    private String administrator() throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_id=hearth-launcher&client_secret="
                + Secrets.of(data).keycloakAdmin().value();
        var request = HttpRequest.newBuilder(URI.create(keycloak() + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            return JSON.readTree(answer.body()).get("access_token").asText();
        }
    }

    private static HttpResponse<String> send(String method, String url, String token, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
