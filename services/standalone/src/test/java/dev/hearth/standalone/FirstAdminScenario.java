package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.embedded.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// Who becomes an administrator by themselves, and who does not, with the Keycloak of a running Hearth.
final class FirstAdminScenario {
    private static final String ROLE = "admin";

    private final DataFolder data;
    private final Realm realm;
    private final Path elsewhere;

    /// @param elsewhere an empty folder
    FirstAdminScenario(DataFolder data, Realm realm, Path elsewhere) {
        this.data = data;
        this.realm = realm;
        this.elsewhere = elsewhere;
    }

    /// An access token of the one whom the first start made.
    Secret token() {
        var kept = PrivateProperties.read(data.root().resolve("admin.properties"));
        assertThat(kept).containsEntry("email", "admin@localhost");
        return People.of(data).signIn(kept.get("email"), new Secret(kept.get("password")));
    }

    /// @param taken the address of somebody who is no administrator
    void play(String taken) throws Exception {
        var known = in(data);
        var stranger = in(new DataFolder(Files.createDirectory(elsewhere.resolve("stranger"))));
        assertThat(known.ensure(Map.of())).as("there is one").isEmpty();

        realm.takeRoleFromAll(ROLE);
        assertThat(stranger.ensure(Map.of("HEARTH_ADMIN_EMAIL", taken)))
                .as("an address alone makes nobody an administrator")
                .hasValueSatisfying(line -> assertThat(line).contains("nobody is", "hearth user add EMAIL --admin"));
        assertThat(people().keycloak().isHeld(ROLE)).isFalse();

        assertThat(known.ensure(Map.of()))
                .as("a start that ended before the role was given goes on")
                .hasValueSatisfying(line -> assertThat(line).contains("admin@localhost"));
        assertThat(people().keycloak().isHeld(ROLE)).isTrue();

        realm.takeRoleFromAll(ROLE);
        var chosen = UUID.randomUUID() + "@example.org";
        assertThat(in(new DataFolder(elsewhere)).ensure(Map.of("HEARTH_ADMIN_EMAIL", chosen)))
                .hasValueSatisfying(line -> assertThat(line).contains(chosen));
        assertThat(people().keycloak().isHeld(ROLE)).isTrue();
        people().keycloak().grant("admin@localhost", ROLE);
    }

    private FirstAdmin in(DataFolder folder) {
        return new FirstAdmin(folder, people().keycloak(), people().authClient());
    }

    private People people() {
        return People.of(data);
    }
}
