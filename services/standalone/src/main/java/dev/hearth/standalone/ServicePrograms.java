package dev.hearth.standalone;

import dev.hearth.embedded.Child;
import dev.hearth.embedded.GuardedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The six services, each a program of its own. One that dies is started again.
final class ServicePrograms implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Settings settings;
    private final ServicesConfig config;
    private final Progress progress;
    private final Map<Service, GuardedProcess> running = new EnumMap<>(Service.class);
    private final ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private boolean closed;

    private ServicePrograms(Settings settings, ServicesConfig config, Progress progress) {
        this.settings = settings;
        this.config = config;
        this.progress = progress;
    }

    static ServicePrograms start(Settings settings, ServicesConfig config, Progress progress) {
        var programs = new ServicePrograms(settings, config, progress);
        for (Service service : Service.values()) {
            programs.start(service);
        }
        return programs;
    }

    private synchronized void start(Service service) {
        if (closed) {
            return;
        }
        var process = GuardedProcess.start(child(service));
        running.put(service, process);
        process.onExit().thenAccept(code -> restart(service, code));
    }

    private synchronized void restart(Service service, int code) {
        if (closed) {
            return;
        }
        progress.say(service.id() + " ended with code " + code + " and is started again; see "
                + settings.data().log(service.id()));
        restarts.schedule(() -> start(service), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Child child(Service service) {
        var data = settings.data();
        Path program = service.program(settings.programs());
        if (!Files.exists(program)) {
            throw new Refusal(service.id() + " is not built: " + program + " is missing.");
        }
        Path file = data.config(service.id());
        PrivateProperties.write(file, config.apart(service));
        return new Child(
                service.id(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms16m",
                        "-Xmx128m",
                        "-Xss512k",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        // By this its command line shows whose it is.
                        "-Dhearth.pid.file=" + data.pidFile(service.id()),
                        "-Dsmallrye.config.locations=" + file.toUri(),
                        "-jar",
                        program.toString()),
                Map.of(),
                data.root(),
                data.log(service.id()),
                data.pidFile(service.id()),
                "TERM",
                GRACE);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        restarts.shutdownNow();
        running.values().parallelStream().forEach(GuardedProcess::close);
    }
}
