package dev.hearth.testkit;

import dev.hearth.embedded.EmbeddedPostgres;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.PostgresAddress;
import dev.hearth.embedded.PostgresConfig;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.embedded.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// Postgres with Hearth's roles and schemas, for tests; without fsync.
public final class TestPostgres {
    private static final String SUPERUSER_PASSWORD = "hearth.postgres.superuser-password";

    private TestPostgres() {}

    /// Where the services find it; starts it the first time.
    public static Map<String, String> config() {
        return OncePerJvm.config("postgres", TestPostgres::start);
    }

    /// The superuser's way in, past every wall; for a test that looks from outside.
    public static PostgresAddress address() {
        var config = config();
        return new PostgresAddress(
                config.get("hearth.postgres.host"),
                Integer.parseInt(config.get("hearth.postgres.port")),
                "postgres",
                new Secret(config.get(SUPERUSER_PASSWORD)));
    }

    private static Map<String, String> start(Path folder) {
        var superuser = Secret.random();
        var address = Containers.wanted() ? container(superuser) : embedded(folder, superuser);
        Map<String, Secret> passwords =
                PostgresRoles.names().stream().collect(Collectors.toMap(Function.identity(), _ -> Secret.random()));
        PostgresRoles.provision(address, passwords);

        Map<String, String> config = new HashMap<>(Map.of(
                "hearth.postgres.host",
                address.host(),
                "hearth.postgres.port",
                Integer.toString(address.port()),
                "hearth.postgres.database",
                PostgresRoles.DATABASE,
                SUPERUSER_PASSWORD,
                superuser.value()));
        passwords.forEach((role, password) -> config.put("hearth.postgres.password." + role, password.value()));
        return config;
    }

    private static PostgresAddress embedded(Path folder, Secret superuser) {
        var postgres = EmbeddedPostgres.start(new PostgresConfig(
                folder.resolve("data"),
                folder.resolve("postgres.log"),
                folder.resolve("postgres.pid"),
                OncePerJvm.cache(),
                FreePorts.any(),
                superuser,
                false));
        OncePerJvm.atEnd(folder, postgres::close);
        return postgres.address();
    }

    private static PostgresAddress container(Secret superuser) {
        var container =
                new PostgreSQLContainer("postgres:18").withUsername("postgres").withPassword(superuser.value());
        container.start();
        return new PostgresAddress(container.getHost(), container.getFirstMappedPort(), "postgres", superuser);
    }
}
