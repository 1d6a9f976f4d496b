package dev.hearth.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;

/// Keycloak, unpacked and prepared for the options that it wants to know before it starts; once per user and version.
final class KeycloakInstallation {
    private static final List<String> OPTIONS = List.of(
            "--db=postgres",
            "--health-enabled=false",
            "--metrics-enabled=false",
            "--http-relative-path=" + KeycloakConfig.PATH);

    private KeycloakInstallation() {}

    static boolean isPreparedIn(Path cache, Path distribution) {
        return Files.isDirectory(cache.resolve(name(distribution)));
    }

    /// The folder that holds `lib/quarkus-run.jar`, ready to start.
    static Path preparedIn(Path cache, Path distribution) {
        return SharedFolder.obtain(cache, name(distribution), folder -> {
            unpack(distribution, folder);
            build(folder);
        });
    }

    /// Other options or another Java make another installation.
    private static String name(Path distribution) {
        String version = distribution.getFileName().toString().replace(".zip", "");
        String java = System.getProperty("java.specification.version");
        return version + "-" + Integer.toHexString((OPTIONS + java).hashCode());
    }

    private static void unpack(Path distribution, Path folder) throws IOException {
        if (!Files.exists(distribution)) {
            throw new ServerFailed("Keycloak is not where the build puts it: " + distribution);
        }
        try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(distribution)))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                // All is in one folder named after the version.
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                Path target = folder.resolve(name).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("an entry outside the archive: " + name);
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
    }

    /// Guarded, so that a build without us does not write where the next one does.
    private static void build(Path folder) {
        List<String> command = new ArrayList<>(List.of("sh", "bin/kc.sh", "build"));
        command.addAll(OPTIONS);
        var log = folder.resolve("build.log");
        var process = GuardedProcess.start(new Child(
                "Keycloak's build",
                command,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC"),
                folder,
                log,
                folder.resolve("build.pid"),
                "TERM",
                Duration.ZERO));
        if (process.onExit().join() != 0) {
            throw new ServerFailed("Keycloak could not be prepared; see " + log);
        }
    }
}
