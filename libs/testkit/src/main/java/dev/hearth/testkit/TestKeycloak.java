package dev.hearth.testkit;

import dev.hearth.embedded.EmbeddedKeycloak;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.KeycloakAdmin;
import dev.hearth.embedded.KeycloakConfig;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.embedded.RealmOptions;
import dev.hearth.embedded.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Keycloak with Hearth's realm, for the few tests that sign people in; on the Postgres of `TestPostgres`. The module
/// that uses it has the distribution copied to `target/keycloak`.
public final class TestKeycloak {
    private static final Path FILES = Path.of("../../deploy/keycloak");
    private static final String ADMIN_CLIENT = "hearth-launcher";
    private static final String ADMIN_SECRET = "hearth.keycloak.admin-secret";

    private TestKeycloak() {}

    /// Where the services find it; starts it the first time. The public URL is Keycloak's own address: no origin
    /// stands before it.
    public static Map<String, String> config() {
        return OncePerJvm.config("keycloak", TestKeycloak::start);
    }

    /// As the launcher and an administrator reach it.
    public static KeycloakAdmin admin() {
        var config = config();
        return new KeycloakAdmin(
                URI.create(config.get("hearth.keycloak.url")), ADMIN_CLIENT, new Secret(config.get(ADMIN_SECRET)));
    }

    /// Brings the realm up to its file once more.
    public static void applyRealm(RealmOptions options) {
        applyRealm(admin(), config(), options);
    }

    private static Map<String, String> start(Path folder) {
        int port = FreePorts.any();
        var publicUrl = URI.create("http://localhost:" + port);
        var adminSecret = Secret.random();
        var keycloak = EmbeddedKeycloak.start(new KeycloakConfig(
                distribution(),
                OncePerJvm.cache(),
                folder.resolve("keycloak.log"),
                folder.resolve("keycloak.pid"),
                FILES.toAbsolutePath().normalize(),
                port,
                publicUrl,
                TestPostgres.address(),
                new Secret(TestPostgres.config().get("hearth.postgres.password." + PostgresRoles.KEYCLOAK)),
                adminSecret,
                false));
        OncePerJvm.atEnd(folder, keycloak::close);
        var config = Map.of(
                "hearth.public-url",
                publicUrl.toString(),
                "hearth.keycloak.url",
                "http://127.0.0.1:" + port + KeycloakConfig.PATH,
                "hearth.auth.secret",
                Secret.random().value(),
                "hearth.services.secret",
                Secret.random().value(),
                ADMIN_SECRET,
                adminSecret.value());
        applyRealm(keycloak.admin(), config, RealmOptions.NONE);
        return config;
    }

    private static void applyRealm(KeycloakAdmin admin, Map<String, String> config, RealmOptions options) {
        try {
            admin.applyRealm(
                    Files.readString(FILES.resolve("hearth-realm.json")),
                    Map.of(
                            "HEARTH_PUBLIC_URL", config.get("hearth.public-url"),
                            "HEARTH_AUTH_SECRET", config.get("hearth.auth.secret"),
                            "HEARTH_SERVICES_SECRET", config.get("hearth.services.secret")),
                    options);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path distribution() {
        var zips = Path.of("target/keycloak").toFile().listFiles((_, name) -> name.endsWith(".zip"));
        if (zips == null || zips.length == 0) {
            throw new IllegalStateException("the build of this module has to copy Keycloak to target/keycloak");
        }
        return zips[0].toPath();
    }
}
