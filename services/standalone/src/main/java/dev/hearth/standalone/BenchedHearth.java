package dev.hearth.standalone;

import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.KeycloakAdmin;
import dev.hearth.embedded.PidFile;
import dev.hearth.embedded.PostgresAddress;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.embedded.Secret;
import dev.hearth.embedded.SharedFolder;
import dev.hearth.standalone.bench.BenchFailed;
import dev.hearth.standalone.bench.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A Hearth for `bench`, started with the `hearth` script as anybody starts one. It starts when it is first needed.
final class BenchedHearth implements Subject, AutoCloseable {
    private static final String EMAIL = "bench@hearth.invalid";
    private static final Duration FRESH = Duration.ofMinutes(4);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final DataFolder data;
    /// Of the first start ever.
    private final DataFolder first;
    private final Progress progress;
    private final int port = FreePorts.any();
    private final Secret password = Secret.random();
    private boolean running;
    private boolean known;
    private Optional<Secret> token = Optional.empty();
    private long issued;

    BenchedHearth(Path folder, Progress progress) {
        this.folder = folder;
        this.data = new DataFolder(folder.resolve("data"));
        this.first = new DataFolder(folder.resolve("first"));
        this.progress = progress;
    }

    @Override
    public URI origin() {
        start();
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public synchronized String token() {
        start();
        var people = People.of(data);
        if (!known) {
            if (people.add(EMAIL, "Bench", password) != KeycloakAdmin.Added.ADDED) {
                throw new BenchFailed("Keycloak did not take the bench's person");
            }
            people.keycloak().grant(EMAIL, "admin");
            known = true;
        }
        if (token.isEmpty() || System.nanoTime() - issued > FRESH.toNanos()) {
            token = Optional.of(people.signIn(EMAIL, password));
            issued = System.nanoTime();
        }
        return token.get().value();
    }

    @Override
    public Connection postgres() throws SQLException {
        start();
        int at = Integer.parseInt(PrivateProperties.read(data.ports()).get("postgres"));
        return new PostgresAddress("127.0.0.1", at, "postgres", Secrets.of(data).superuser())
                .connect(PostgresRoles.DATABASE);
    }

    @Override
    public long memory() {
        start();
        return processes().mapToLong(BenchedHearth::proportionalSetSize).sum();
    }

    private Stream<ProcessHandle> processes() {
        return Stream.of("hearth", "postgres", "keycloak")
                .flatMap(name -> PidFile.running(data.pidFile(name)).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct();
    }

    private static long proportionalSetSize(ProcessHandle process) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    @Override
    public Duration firstStart() {
        var taken = up(first, FreePorts.any(), folder.resolve("cache"));
        down(first);
        return taken;
    }

    @Override
    public Duration restart() {
        start();
        stop();
        return start();
    }

    @Override
    public Duration killAndRestart() {
        start();
        PidFile.running(data.pidFile("hearth")).ifPresent(program -> {
            program.destroyForcibly();
            program.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        });
        running = false;
        return start();
    }

    private Duration start() {
        if (running) {
            return Duration.ZERO;
        }
        progress.say("starting Hearth");
        var taken = up(data, port, DataFolder.cache().getParent());
        running = true;
        return taken;
    }

    private Duration up(DataFolder at, int port, Path cache) {
        long started = System.nanoTime();
        hearth(
                folder.resolve("up.log"),
                Optional.of(cache),
                "up",
                "--detach",
                "--data",
                at.root().toString(),
                "--port",
                Integer.toString(port));
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private void stop() {
        down(data);
        running = false;
    }

    private void down(DataFolder at) {
        hearth(
                folder.resolve("down.log"),
                Optional.empty(),
                "down",
                "--data",
                at.root().toString());
    }

    private void hearth(Path log, Optional<Path> cache, String... arguments) {
        String home = System.getProperty("hearth.home");
        if (home == null) {
            throw new Refusal("Start the bench with the `hearth` script: it says where the programs are.");
        }
        var command = new ArrayList<>(List.of(home + "/hearth"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Redirect.to(log.toFile()));
        cache.ifPresent(folder -> builder.environment().put("XDG_CACHE_HOME", folder.toString()));
        // All streams are of one person.
        builder.environment()
                .merge(
                        "HEARTH_JAVA_OPTIONS",
                        "-Dsync.live.max-followers-per-user=5000",
                        (own, more) -> own + " " + more);
        try {
            var process = builder.start();
            if (!process.waitFor(PATIENCE) || process.exitValue() != 0) {
                process.destroy();
                throw new BenchFailed("hearth " + arguments[0] + " failed: " + Files.readString(log));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted");
        }
    }

    @Override
    public synchronized void close() {
        if (!Files.exists(folder)) {
            return;
        }
        for (var hearth : List.of(data, first)) {
            if (PidFile.running(hearth.pidFile("hearth")).isPresent()) {
                down(hearth);
            }
        }
        try {
            SharedFolder.delete(folder);
        } catch (IOException failure) {
            progress.say("the folder of the bench could not be removed: " + failure.getMessage());
        }
    }
}
