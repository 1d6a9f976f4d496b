package dev.hearth.standalone;

import dev.hearth.embedded.KeycloakAdmin;
import dev.hearth.embedded.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A Hearth without an administrator gets one when it starts, with a password of its own, kept in the data folder.
record FirstAdmin(DataFolder folder, KeycloakAdmin keycloak, Secret authClient) {
    private static final String ROLE = "admin";
    private static final String ADDRESS = "HEARTH_ADMIN_EMAIL";
    private static final String EMAIL = "email";
    private static final String PASSWORD = "password";

    /// Makes them, unless somebody is an administrator. What the operator should be told of it.
    Optional<String> ensure(Map<String, String> environment) {
        if (keycloak.isHeld(ROLE)) {
            return Optional.empty();
        }
        var admin = known().orElseGet(() -> chosen(environment.getOrDefault(ADDRESS, "admin@localhost")));
        boolean ours = switch (keycloak.addUser(admin.email(), "Administrator", admin.password())) {
            case ADDED -> true;
            // The last start may have ended here. Or the address is somebody else's.
            case EXISTS -> people().opens(admin.email(), admin.password());
            case REFUSED -> false;
        };
        if (!ours) {
            return Optional.of("nobody is an administrator, and " + admin.email()
                    + " cannot be made one; `hearth user add EMAIL --admin` makes one");
        }
        keycloak.grant(admin.email(), ROLE);
        return Optional.of("made an administrator, " + admin.email() + "; the password is in " + file());
    }

    private record Person(String email, Secret password) {}

    private Optional<Person> known() {
        var kept = PrivateProperties.read(file());
        return kept.containsKey(EMAIL)
                ? Optional.of(new Person(kept.get(EMAIL), new Secret(kept.get(PASSWORD))))
                : Optional.empty();
    }

    /// Kept before Keycloak hears of them.
    private Person chosen(String email) {
        var person = new Person(email, Secret.random());
        PrivateProperties.write(
                file(), Map.of(EMAIL, email, PASSWORD, person.password().value()));
        return person;
    }

    private Path file() {
        return folder.root().resolve("admin.properties");
    }

    private People people() {
        return new People(keycloak, authClient);
    }
}
