package dev.hearth.standalone;

import dev.hearth.embedded.PostgresRoles;
import dev.hearth.embedded.Secret;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// This Hearth's own passwords: made at the first start, kept in the data folder, known to nobody.
final class Secrets {
    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = values;
    }

    static Secrets of(DataFolder data) {
        return new Secrets(PrivateProperties.read(data.secrets()));
    }

    /// As `of`; makes what is missing.
    static Secrets complete(DataFolder data) {
        var secrets = of(data);
        boolean grew = false;
        for (String role : PostgresRoles.names()) {
            grew |= secrets.add(postgres(role));
        }
        for (String name : new String[] {"postgres.superuser", "mqtt", "keycloak.admin", "auth", "services"}) {
            grew |= secrets.add(name);
        }
        if (grew) {
            PrivateProperties.write(data.secrets(), secrets.values);
        }
        return secrets;
    }

    private boolean add(String name) {
        return values.putIfAbsent(name, Secret.random().value()) == null;
    }

    private static String postgres(String role) {
        return "postgres.role." + role;
    }

    Secret superuser() {
        return get("postgres.superuser");
    }

    Secret role(String role) {
        return get(postgres(role));
    }

    Map<String, Secret> roles() {
        return PostgresRoles.names().stream().collect(Collectors.toMap(Function.identity(), this::role));
    }

    Secret mqtt() {
        return get("mqtt");
    }

    Secret keycloakAdmin() {
        return get("keycloak.admin");
    }

    /// Of the client `hearth-auth`.
    Secret auth() {
        return get("auth");
    }

    /// Of the client `hearth-services`.
    Secret services() {
        return get("services");
    }

    private Secret get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new Refusal("This data folder has no secrets yet: Hearth has not run on it.");
        }
        return new Secret(value);
    }
}
