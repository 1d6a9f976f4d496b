package dev.hearth.embedded;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Keycloak's admin API, as far as Hearth needs it: its realm, and people.
public final class KeycloakAdmin {
    private static final String REALM = "hearth";
    private static final String HEARTH = "/admin/realms/" + REALM;

    /// How adding a person ended.
    public enum Added {
        ADDED,
        EXISTS,
        /// The password or the address is not acceptable.
        REFUSED
    }

    private final KeycloakApi api;
    private final String clientId;
    private final Secret secret;

    /// @param base Keycloak's own address, with its path
    public KeycloakAdmin(URI base, String clientId, Secret secret) {
        this.api = new KeycloakApi(base);
        this.clientId = clientId;
        this.secret = secret;
    }

    /// Makes the realm from its file, or brings a realm that is there up to the file. `values` fill the file's
    /// `${NAME}`. People, sessions and keys stay.
    public void applyRealm(String file, Map<String, String> values, RealmOptions options) {
        new KeycloakRealm(api, this::token, REALM).apply(file, values, options);
    }

    /// Adds a person who can sign in at once.
    public Added addUser(String email, String name, Secret password) {
        var user = KeycloakApi.JSON.createObjectNode();
        user.put("username", email).put("email", email).put("enabled", true).put("emailVerified", true);
        int space = name.lastIndexOf(' ');
        user.put("firstName", space < 0 ? name : name.substring(0, space));
        user.put("lastName", space < 0 ? "" : name.substring(space + 1));
        user.putArray("credentials").addObject().put("type", "password").put("value", password.value());
        var answer = api.send(token(), "POST", HEARTH + "/users", user);
        return switch (answer.statusCode()) {
            case 201 -> Added.ADDED;
            case 409 -> Added.EXISTS;
            case 400 -> Added.REFUSED;
            default -> throw new ServerFailed("Keycloak answered " + answer.statusCode());
        };
    }

    /// Gives a person a role of the realm's.
    public void grant(String email, String role) {
        var token = token();
        var users = api.get(
                token, HEARTH + "/users?exact=true&username=" + URLEncoder.encode(email, StandardCharsets.UTF_8));
        if (users.isEmpty()) {
            throw new ServerFailed("Keycloak knows nobody with the address " + email);
        }
        var roles = KeycloakApi.JSON.createArrayNode().add(api.get(token, HEARTH + "/roles/" + role));
        String path = HEARTH + "/users/" + users.get(0).path("id").asText() + "/role-mappings/realm";
        api.change(token, "POST", path, roles, "the role could not be given");
    }

    /// Whether anybody has this role of the realm's.
    public boolean isHeld(String role) {
        return !api.get(token(), HEARTH + "/roles/" + role + "/users?max=1").isEmpty();
    }

    /// An access token for the Hearth realm, got with a form as OAuth 2 wants it.
    /// @throws ServerFailed when the credentials are not accepted
    public Secret realmToken(Map<String, String> form) {
        return api.token(REALM, form);
    }

    private Secret token() {
        return api.token(
                "master",
                Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret.value()));
    }
}
