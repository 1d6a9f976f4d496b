package dev.hearth.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Postgres 18 as a child process, on loopback, with its data in one folder.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    /// "Fast" in Postgres' words: roll back what is open, write everything, end.
    private static final String FAST_SHUTDOWN = "INT";

    private static final Duration GRACE = Duration.ofSeconds(30);
    /// After a crash it first replays its journal.
    private static final Duration RECOVERY = Duration.ofMinutes(5);

    private final PostgresConfig config;
    private final GuardedProcess process;

    private EmbeddedPostgres(PostgresConfig config, GuardedProcess process) {
        this.config = config;
        this.process = process;
    }

    /// Starts the server and returns when it answers. A server that a killed program left on this folder is ended
    /// first.
    public static EmbeddedPostgres start(PostgresConfig config) {
        try {
            Path programs = PostgresBinaries.unpackedIn(config.cacheFolder()).resolve("bin");
            var user = UnprivilegedUser.find();
            endLeftover(config.pidFile(), config.dataFolder());
            initialise(config, programs, user);
            var process = GuardedProcess.start(server(config, programs, user));
            var postgres = new EmbeddedPostgres(config, process);
            postgres.waitUntilReady();
            return postgres;
        } catch (IOException failure) {
            throw new UncheckedIOException("Postgres cannot start: " + failure.getMessage(), failure);
        }
    }

    public PostgresAddress address() {
        return new PostgresAddress("127.0.0.1", config.port(), SUPERUSER, config.superuserPassword());
    }

    public GuardedProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    /// Ends a server that still runs on this folder without the program that started it. True if there was one.
    public static boolean endLeftover(Path pidFile, Path dataFolder) throws IOException {
        boolean guarded = PidFile.end(pidFile, FAST_SHUTDOWN, GRACE);
        Path ownNote = dataFolder.resolve("postmaster.pid");
        var unguarded = postmaster(ownNote);
        unguarded.ifPresent(server -> PidFile.end(server, FAST_SHUTDOWN, GRACE));
        // It names a process that is gone. Postgres would refuse to start if another had got the number since.
        Files.deleteIfExists(ownNote);
        return guarded || unguarded.isPresent();
    }

    private static Optional<ProcessHandle> postmaster(Path note) throws IOException {
        if (!Files.exists(note)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(note);
        if (lines.size() < 3) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.getFirst().strip());
        return PidFile.running(
                pid, Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())));
    }

    private static void initialise(PostgresConfig config, Path programs, UnprivilegedUser user) throws IOException {
        Path data = config.dataFolder().toAbsolutePath();
        if (Files.exists(data.resolve("PG_VERSION"))) {
            user.own(data);
            return;
        }
        Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
        SharedFolder.delete(unfinished);
        Files.createDirectories(unfinished);
        Path password = Files.createTempFile(
                unfinished.getParent(),
                "password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(password, config.superuserPassword().value() + "\n");
            user.own(unfinished);
            user.own(password);
            run(initdb(programs, unfinished, password), user, config.logFile());
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> initdb(Path programs, Path data, Path password) {
        return List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Sorts the same on every machine, whatever its libraries.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                "--no-sync");
    }

    private static void run(List<String> command, UnprivilegedUser user, Path logFile) throws IOException {
        Files.createDirectories(logFile.getParent());
        var process = new ProcessBuilder(user.command(command))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new ServerFailed("Postgres could not make its data folder; see " + logFile);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Child server(PostgresConfig config, Path programs, UnprivilegedUser user) {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                config.dataFolder().toAbsolutePath().toString()));
        settings(config).forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new Child(
                "Postgres",
                user.command(command),
                Map.of("LC_ALL", "C", "TZ", "UTC"),
                programs,
                config.logFile(),
                config.pidFile(),
                FAST_SHUTDOWN,
                GRACE);
    }

    private static Map<String, String> settings(PostgresConfig config) {
        String durable = config.durable() ? "on" : "off";
        return Map.ofEntries(
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("port", Integer.toString(config.port())),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", "200"),
                Map.entry("shared_buffers", "64MB"),
                Map.entry("max_wal_size", "512MB"),
                Map.entry("fsync", durable),
                Map.entry("synchronous_commit", durable),
                Map.entry("full_page_writes", durable),
                Map.entry("jit", "off"),
                Map.entry("io_method", "sync"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                // A statement that fails is not written down: it may hold what people wrote.
                Map.entry("log_min_error_statement", "panic"),
                Map.entry("log_line_prefix", "%m [%p] %u "));
    }

    private void waitUntilReady() {
        Instant latest = Instant.now().plus(RECOVERY);
        while (Instant.now().isBefore(latest)) {
            if (!process.isAlive()) {
                throw new ServerFailed("Postgres ended while it started; see " + config.logFile());
            }
            try (var _ = address().connect("postgres")) {
                return;
            } catch (SQLException notYet) {
                if ("28P01".equals(notYet.getSQLState())) {
                    close();
                    throw new ServerFailed("Postgres does not accept the password kept in the data folder.", notYet);
                }
                pause();
            }
        }
        close();
        throw new ServerFailed("Postgres did not answer within " + RECOVERY + "; see " + config.logFile());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(25);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
