package dev.hearth.standalone;

import dev.hearth.embedded.PidFile;
import dev.hearth.embedded.SharedFolder;
import dev.hearth.standalone.tls.ServedCertificate;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// One run of Hearth, from the first server's start to the last one's end.
final class Run {
    /// Quarkus makes the application itself, so it finds its run here.
    private static @Nullable Run current;

    private final Settings settings;
    private final Progress progress;
    /// What has to be closed, the newest first.
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private @Nullable Servers starting;
    private Optional<ServedCertificate> certificate = Optional.empty();
    private volatile boolean ready;
    private boolean stopped;

    Run(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /// Runs until a signal ends it.
    void start() {
        var data = settings.data();
        var lock = data.lock();
        try (lock) {
            Logs.toFile(data.log("hearth"), settings.logFormat());
            Leftovers.end(data);
            PidFile.write(data.pidFile("hearth"), ProcessHandle.current());
            Runtime.getRuntime().addShutdownHook(new Thread(this::stopAfterQuarkus, "stop"));
            try {
                run(Secrets.complete(data), Ports.choose(data));
            } finally {
                stop();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What the origin of the current run proves with who it is; empty on plain HTTP.
    static Optional<X509ExtendedKeyManager> originKey() {
        return Optional.ofNullable(current).flatMap(run -> run.certificate).map(ServedCertificate::key);
    }

    private void run(Secrets secrets, Ports ports) {
        certificate = settings.tls()
                .map(tls -> opened(ServedCertificate.open(
                        Tls.source(tls, settings, progress::say),
                        settings.data().servedCertificate(),
                        progress::say)));
        var servers = opened(Servers.start(settings, secrets, ports, progress));
        var config = new ServicesConfig(settings, secrets, ports);
        // What the other commands ask this run for; and, in one program, the services' config.
        PrivateProperties.write(settings.data().config("hearth"), config.together());
        PrivateProperties.write(settings.data().config("state"), state());
        servers.awaitWhatServicesNeed();
        certificate.ifPresent(shown -> openMqtts(ports, shown));
        if (settings.separate()) {
            apart(servers, config, ports);
        } else {
            together(servers);
        }
    }

    private void openMqtts(Ports ports, ServedCertificate shown) {
        opened(Mqtts.open(settings.host(), ports.of("mqtts"), ports.of("mqtt"), shown.key()));
        progress.say("MQTT over TLS is on port " + ports.of("mqtts") + "; " + ports.of("mqtt")
                + " is for this machine alone");
    }

    /// Where a program on this machine goes that looks at names in certificates.
    private URI deviceUrl() {
        return settings.tls().orElse(null) instanceof Tls.Given ? settings.publicUrl() : settings.local();
    }

    private Map<String, String> state() {
        return Map.of(
                "public-url", settings.publicUrl().toString(),
                "local-url", settings.local().toString(),
                "device-url", deviceUrl().toString(),
                "authority", Tls.authority(settings).map(Path::toString).orElse(""),
                "mail", OperatorsRealm.namesMailServer(System.getenv()) ? "sent" : "kept",
                "separate", Boolean.toString(settings.separate()),
                "detached", Boolean.toString(Detached.is()));
    }

    private void apart(Servers servers, ServicesConfig config, Ports ports) {
        opened(ServicePrograms.start(settings, config, progress));
        opened(Origin.open(settings, ports, certificate.map(ServedCertificate::key)));
        announce(servers);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void together(Servers servers) {
        System.setProperty(
                "smallrye.config.locations",
                settings.data().config("hearth").toUri().toString());
        current = this;
        starting = servers;
        var failure = new AtomicReference<@Nullable Throwable>();
        Quarkus.run(Application.class, (_, cause) -> failure.set(cause));
        var cause = failure.get();
        if (cause != null && !isStopped()) {
            throw new Refusal("The services could not start: " + root(cause) + "; see "
                    + settings.data().log("hearth"));
        }
    }

    private static String root(Throwable failure) {
        var deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    /// What Quarkus runs once the services are up.
    static final class Application implements QuarkusApplication {
        @Override
        public int run(String... args) {
            var run = current;
            if (run == null || run.starting == null) {
                throw new IllegalStateException("started without `hearth up`");
            }
            run.announce(run.starting);
            Quarkus.waitForExit();
            return 0;
        }
    }

    private void announce(Servers servers) {
        progress.say("the services are " + (settings.separate() ? "started" : "ready"));
        servers.awaitAll();
        Origins.awaitReady(settings);
        progress.line("ready " + settings.publicUrl());
        ready = true;
    }

    private synchronized <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /// After a signal Quarkus ends by itself; the servers that it uses end after it.
    private void stopAfterQuarkus() {
        var application = io.quarkus.runtime.Application.currentApplication();
        if (application != null) {
            try {
                CompletableFuture.runAsync(application::awaitShutdown).get(30, TimeUnit.SECONDS);
            } catch (Exception late) {
                progress.say("the services did not end in time");
            }
        }
        stop();
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        progress.say("stopping");
        for (AutoCloseable part : open) {
            try {
                part.close();
            } catch (Exception failure) {
                progress.say("did not stop in good order: " + failure.getMessage());
            }
        }
        keepClasses();
        try {
            Files.deleteIfExists(settings.data().pidFile("hearth"));
            if (!settings.durable()) {
                SharedFolder.delete(settings.data().root());
            }
        } catch (IOException failure) {
            progress.say("the data folder could not be cleared: " + failure.getMessage());
        }
        progress.say("stopped");
    }

    /// Once for each build, after a whole run. Memory is free now, and nobody waits for an answer.
    private void keepClasses() {
        OwnClasses.wanted().ifPresent(classes -> {
            try {
                if (ready && settings.durable()) {
                    progress.say("keeping the program's classes, once, so that it starts faster from now on");
                    classes.write(settings.data());
                } else {
                    classes.forget();
                }
            } catch (RuntimeException failure) {
                progress.say("they could not be kept: " + failure.getMessage());
            }
        });
    }
}
