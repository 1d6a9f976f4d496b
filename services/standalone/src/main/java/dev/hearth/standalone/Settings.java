package dev.hearth.standalone;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// What one run is asked for.
///
/// @param home the repository, where the build has put what is needed
/// @param programs where the services' programs lie as they do in the repository, which a later build leaves alone
/// @param durable false for a folder that goes away anyway
/// @param tls whose certificate is shown; empty for plain HTTP and MQTT
record Settings(
        DataFolder data,
        Path home,
        Path programs,
        String host,
        int port,
        URI publicUrl,
        boolean separate,
        boolean durable,
        Optional<Tls> tls,
        LogFormat logFormat) {
    /// The origin, as this machine reaches it.
    URI local() {
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String reached = everywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return URI.create((tls.isPresent() ? "https://" : "http://") + reached + ":" + port);
    }

    Path keycloakDistribution() {
        var folder = home.resolve("services/standalone/target/keycloak").toFile();
        var zips = folder.listFiles((_, name) -> name.endsWith(".zip"));
        if (zips == null || zips.length == 0) {
            throw new Refusal("Keycloak is missing from " + folder + ": build Hearth first.");
        }
        return zips[0].toPath();
    }
}
