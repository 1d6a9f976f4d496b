package dev.hearth.embedded;

import java.net.URI;
import java.nio.file.Path;

/// @param distribution the zip that Keycloak publishes
/// @param cacheFolder where the user's unpacked and prepared Keycloak is
/// @param passwordLists where the lists are that its password policy names
/// @param port where it listens, on loopback
/// @param publicUrl the origin people see, without a path
/// @param database the server that holds the database `keycloak`, and its role's password
/// @param adminSecret what its first administrator, a client, proves itself with
/// @param learns whether its first run leaves its classes to later ones, which takes some seconds at its end
public record KeycloakConfig(
        Path distribution,
        Path cacheFolder,
        Path logFile,
        Path pidFile,
        Path passwordLists,
        int port,
        URI publicUrl,
        PostgresAddress database,
        Secret databasePassword,
        Secret adminSecret,
        boolean learns) {
    /// Where it is on the origin, and on its own port.
    public static final String PATH = "/identity";

    /// Its own address, which only this machine reaches.
    public URI backChannel() {
        return URI.create("http://127.0.0.1:" + port + PATH);
    }
}
