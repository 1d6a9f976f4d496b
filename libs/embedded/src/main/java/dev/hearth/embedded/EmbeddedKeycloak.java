package dev.hearth.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Keycloak as a child process, on loopback, with its data in Postgres. The origin passes `/identity` on to it.
public final class EmbeddedKeycloak implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(15);
    /// The first start makes some ninety tables, on whatever machine this is.
    private static final Duration LATEST = Duration.ofMinutes(4);

    private static final String ADMIN_CLIENT = "hearth-launcher";

    /// On a slow machine it writes for long.
    private static final Duration GRACE_TO_LEARN = Duration.ofSeconds(45);

    private final KeycloakConfig config;
    private final GuardedProcess process;
    private final Runnable afterEnd;

    private EmbeddedKeycloak(KeycloakConfig config, GuardedProcess process, Runnable afterEnd) {
        this.config = config;
        this.process = process;
        this.afterEnd = afterEnd;
    }

    /// Unpacks and builds Keycloak where that has not been done yet; the slow part of a first start, and independent of
    /// everything else.
    public static void prepare(Path cacheFolder, Path distribution) {
        KeycloakInstallation.preparedIn(cacheFolder, distribution);
    }

    /// Whether `prepare` would return at once.
    public static boolean isPrepared(Path cacheFolder, Path distribution) {
        return KeycloakInstallation.isPreparedIn(cacheFolder, distribution);
    }

    /// Starts the server and returns when it answers; its realm is `KeycloakAdmin`'s matter.
    public static EmbeddedKeycloak start(KeycloakConfig config) {
        Path home = KeycloakInstallation.preparedIn(config.cacheFolder(), config.distribution());
        endLeftover(config.pidFile());
        var keycloak = started(config, home);
        keycloak.waitUntilReady();
        return keycloak;
    }

    private static EmbeddedKeycloak started(KeycloakConfig config, Path home) {
        var archive = new ClassArchive(home.resolve("classes-" + System.getProperty("java.vm.version") + ".jsa"));
        archive.clear();
        if (archive.exists() || !config.learns()) {
            return new EmbeddedKeycloak(
                    config, GuardedProcess.start(server(config, home, archive.use(), GRACE)), () -> {});
        }
        var unfinished = archive.unfinished();
        var process = GuardedProcess.start(server(config, home, ClassArchive.learn(unfinished), GRACE_TO_LEARN));
        return new EmbeddedKeycloak(config, process, () -> {
            if (process.endedInGoodOrder()) {
                archive.finish(unfinished);
            }
        });
    }

    /// Ends a server that a killed program left. True if there was one.
    public static boolean endLeftover(Path pidFile) {
        return PidFile.end(pidFile, "TERM", GRACE);
    }

    public KeycloakAdmin admin() {
        return new KeycloakAdmin(config.backChannel(), ADMIN_CLIENT, config.adminSecret());
    }

    public GuardedProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
        afterEnd.run();
    }

    private static Child server(KeycloakConfig config, Path home, List<String> classes, Duration grace) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(lean());
        command.addAll(classes);
        command.addAll(whatItsScriptAdds(config, home));
        command.addAll(options(config));
        return new Child(
                "Keycloak",
                command,
                Map.of(
                        "KC_DB_USERNAME",
                        PostgresRoles.KEYCLOAK,
                        "KC_DB_PASSWORD",
                        config.databasePassword().value(),
                        "KC_BOOTSTRAP_ADMIN_CLIENT_ID",
                        ADMIN_CLIENT,
                        "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET",
                        config.adminSecret().value()),
                home,
                config.logFile(),
                config.pidFile(),
                "TERM",
                grace);
    }

    private static List<String> lean() {
        return List.of(
                "-Xms32m",
                "-Xmx256m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:+ExitOnOutOfMemoryError");
    }

    /// `kc.sh` would stay between the guard and Keycloak, and pass signals on only sometimes.
    private static List<String> whatItsScriptAdds(KeycloakConfig config, Path home) {
        return List.of(
                // By this its command line shows whose it is.
                "-Dhearth.pid.file=" + config.pidFile().toAbsolutePath(),
                "-Dfile.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Djava.security.egd=file:/dev/urandom",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    }

    private static List<String> options(KeycloakConfig config) {
        var database = config.database();
        return List.of(
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + config.port(),
                "--http-pool-max-threads=16",
                "--hostname=" + config.publicUrl() + KeycloakConfig.PATH,
                "--hostname-backchannel-dynamic=true",
                "--proxy-headers=xforwarded",
                "--spi-password-policy--password-blacklist--blacklists-path=" + config.passwordLists(),
                "--db-url=jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + PostgresRoles.KEYCLOAK,
                "--db-pool-initial-size=1",
                "--db-pool-min-size=1",
                "--db-pool-max-size=16");
    }

    /// "Started" in its log is too early: until its bootstrap ends it answers 503.
    private void waitUntilReady() {
        var request = HttpRequest.newBuilder(URI.create(config.backChannel() + "/realms/master"))
                .timeout(Duration.ofSeconds(20))
                .build();
        Instant latest = Instant.now().plus(LATEST);
        try (var client = HttpClient.newHttpClient()) {
            while (Instant.now().isBefore(latest)) {
                if (!process.isAlive()) {
                    throw new ServerFailed("Keycloak ended while it started; see " + config.logFile());
                }
                if (answers(client, request)) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new ServerFailed("Keycloak did not answer; see " + config.logFile());
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
