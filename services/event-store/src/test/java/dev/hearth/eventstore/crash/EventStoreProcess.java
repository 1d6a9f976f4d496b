package dev.hearth.eventstore.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.embedded.FreePorts;
import dev.hearth.testkit.TestKafka;
import dev.hearth.testkit.TestPostgres;
import dev.hearth.testkit.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/// The packaged event-store as a process of its own, that a test may kill and start again on the same port.
final class EventStoreProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port = FreePorts.any();
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    EventStoreProcess(Path folder) throws IOException {
        this.folder = folder;
        writeConfig();
        this.process = launch();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = launch();
    }

    void awaitReady() throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            assertThat(process.isAlive())
                    .as("the event-store runs; see " + log())
                    .isTrue();
            assertThat(System.nanoTime()).as("the event-store is ready in time").isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean isReady() throws InterruptedException {
        var ready =
                HttpRequest.newBuilder(URI.create(url() + "/q/health/ready")).build();
        try {
            return http.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dsmallrye.config.locations=" + config(),
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private void writeConfig() throws IOException {
        var properties = new Properties();
        properties.putAll(TestPostgres.config());
        properties.putAll(TestKafka.config());
        properties.putAll(TestTokens.config());
        properties.setProperty("quarkus.http.host", "127.0.0.1");
        properties.setProperty("quarkus.http.port", Integer.toString(port));
        Files.createFile(config(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newBufferedWriter(config())) {
            properties.store(out, null);
        }
    }

    private Path config() {
        return folder.resolve("hearth.properties");
    }

    private Path log() {
        return folder.resolve("event-store.log");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
