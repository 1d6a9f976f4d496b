package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/// A packaged service as a process of its own, on the test servers, that a test may kill and start again on its port.
public final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path jar;
    private final Path folder;
    private final int port = FreePorts.any();
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    /// `jar` is the service's `quarkus-run.jar`; `folder` an empty folder for its configuration and log; `settings`
    /// goes on top of where the test servers are.
    public ServiceProcess(Path jar, Path folder, Map<String, String> settings) throws IOException {
        this.jar = jar;
        this.folder = folder;
        writeConfig(settings);
        this.process = launch();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void killAndRestart() throws IOException, InterruptedException {
        kill();
        start();
    }

    /// Asks it to end, and waits until it has.
    public void stop(Duration atMost) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(atMost)).as("the service ends; see " + log()).isTrue();
    }

    /// Once more, after it has ended.
    public void start() throws IOException {
        process = launch();
    }

    public void awaitReady() throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            assertThat(process.isAlive()).as("the service runs; see " + log()).isTrue();
            assertThat(System.nanoTime()).as("the service is ready in time").isLessThan(giveUp);
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
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private void writeConfig(Map<String, String> settings) throws IOException {
        var properties = new Properties();
        properties.putAll(TestPostgres.config());
        properties.putAll(TestKafka.config());
        properties.putAll(TestTokens.config());
        properties.putAll(settings);
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
        return folder.resolve("service.log");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
