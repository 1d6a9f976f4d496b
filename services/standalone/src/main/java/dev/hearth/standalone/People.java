package dev.hearth.standalone;

import dev.hearth.embedded.KeycloakAdmin;
import dev.hearth.embedded.PidFile;
import dev.hearth.embedded.Secret;
import dev.hearth.embedded.ServerFailed;
import java.net.URI;
import java.util.Map;

/// Who may sign in to the running Hearth, as its Keycloak knows them.
record People(KeycloakAdmin keycloak, Secret authClient) {
    /// Looked up anew each time: after a restart Keycloak may be at another port.
    static People of(DataFolder folder) {
        String url = PrivateProperties.read(folder.config("hearth")).get("hearth.keycloak.url");
        if (url == null || PidFile.running(folder.pidFile("keycloak")).isEmpty()) {
            throw new Refusal("Hearth is not running on " + folder.root() + ". Start it with `hearth up`.");
        }
        var secrets = Secrets.of(folder);
        return new People(
                new KeycloakAdmin(URI.create(url), "hearth-launcher", secrets.keycloakAdmin()), secrets.auth());
    }

    KeycloakAdmin.Added add(String email, String name, Secret password) {
        return keycloak.addUser(email, name, password);
    }

    /// Whether this password is theirs.
    boolean opens(String email, Secret password) {
        try {
            signIn(email, password);
            return true;
        } catch (ServerFailed refused) {
            return false;
        }
    }

    /// An access token, got with the password.
    Secret signIn(String email, Secret password) {
        return keycloak.realmToken(Map.of(
                "grant_type",
                "password",
                "client_id",
                "hearth-auth",
                "client_secret",
                authClient.value(),
                "scope",
                "openid",
                "username",
                email,
                "password",
                password.value()));
    }
}
