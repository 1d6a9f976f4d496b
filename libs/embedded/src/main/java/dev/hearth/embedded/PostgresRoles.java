package dev.hearth.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/// Who may do what in Hearth's Postgres: one database; in it a schema per service, with an owner, who migrates, and the
/// roles that serve, who get single rights from the migrations. No role but the superuser can see another's schema or
/// pass
/// by row security. Keycloak has a database of its own.
public final class PostgresRoles {
    public static final String DATABASE = "hearth";
    /// Keycloak's database, and the role that owns it.
    public static final String KEYCLOAK = "keycloak";

    private record Schema(String name, List<String> servingRoles) {
        String owner() {
            return name + "_owner";
        }

        Stream<String> roles() {
            return Stream.concat(Stream.of(owner()), servingRoles.stream());
        }
    }

    private static final List<Schema> SCHEMAS = List.of(
            new Schema("auth", List.of("auth")),
            new Schema("event_store", List.of("event_store", "event_store_relay", "event_store_eraser")),
            new Schema("projection", List.of("projection")),
            new Schema("sync", List.of("sync")),
            new Schema("vault_metadata", List.of("vault_metadata")),
            new Schema("device_gateway", List.of("device_gateway")));

    private PostgresRoles() {}

    /// Every role that needs a password, Keycloak's included.
    public static List<String> names() {
        return Stream.concat(SCHEMAS.stream().flatMap(Schema::roles), Stream.of(KEYCLOAK))
                .toList();
    }

    /// Makes what is missing and sets the given passwords; may be done at every start.
    public static void provision(PostgresAddress postgres, Map<String, Secret> passwords) {
        try {
            try (Connection server = postgres.connect("postgres")) {
                for (String role : names()) {
                    provisionRole(server, role, passwords);
                }
                provisionDatabase(server, DATABASE, "");
                provisionDatabase(server, KEYCLOAK, " OWNER " + KEYCLOAK);
            }
            try (Connection database = postgres.connect(DATABASE)) {
                execute(database, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
                for (Schema schema : SCHEMAS) {
                    provisionSchema(database, schema);
                }
            }
        } catch (SQLException failure) {
            throw new ServerFailed("Postgres' roles could not be set up: " + failure.getMessage(), failure);
        }
    }

    private static void provisionRole(Connection server, String role, Map<String, Secret> passwords)
            throws SQLException {
        Secret password = passwords.get(role);
        if (password == null) {
            throw new IllegalArgumentException("no password is given for the role " + role);
        }
        if (!exists(server, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
            execute(server, "CREATE ROLE " + role);
        }
        execute(
                server,
                "ALTER ROLE " + role
                        + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION NOINHERIT");
        // Hashed here, so that the server never sees, and cannot log, the password itself.
        server.unwrap(PGConnection.class)
                .alterUserPassword(role, password.value().toCharArray(), "scram-sha-256");
    }

    private static void provisionDatabase(Connection server, String name, String options) throws SQLException {
        if (!exists(server, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
            execute(server, "CREATE DATABASE " + name + options);
        }
        execute(server, "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
    }

    private static void provisionSchema(Connection database, Schema schema) throws SQLException {
        execute(database, "CREATE SCHEMA IF NOT EXISTS " + schema.name() + " AUTHORIZATION " + schema.owner());
        for (String role : schema.roles().toList()) {
            execute(database, "GRANT CONNECT ON DATABASE " + DATABASE + " TO " + role);
            execute(database, "ALTER ROLE " + role + " SET search_path = " + schema.name());
        }
        for (String role : schema.servingRoles()) {
            execute(database, "GRANT USAGE ON SCHEMA " + schema.name() + " TO " + role);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
