package dev.hearth.standalone;

import dev.hearth.embedded.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The program as the build made it, run on one folder as an operator would.
final class HearthProgram {
    private static final Duration LATEST = Duration.ofMinutes(5);
    /// Standard output is at its end.
    private static final String END = "\0";

    record Outcome(int code, String output) {}

    private final Path data;
    private final List<String> prefix;
    private final Map<String, String> environment;
    private final List<String> javaOptions;
    final int port = FreePorts.any();

    HearthProgram(Path data) {
        this(data, Map.of());
    }

    HearthProgram(Path data, Map<String, String> environment) {
        this(data, List.of(), environment, List.of());
    }

    /// @param prefix a program that runs the command as somebody else
    HearthProgram(Path data, List<String> prefix, Map<String, String> environment, List<String> javaOptions) {
        this.data = data;
        this.prefix = prefix;
        this.environment = environment;
        this.javaOptions = javaOptions;
    }

    /// A run of `up`, from its start.
    final class Up {
        final Process process;
        private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

        private Up(Process process) {
            this.process = process;
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (var reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException closed) {
                lines.add(closed.toString());
            }
            lines.add(END);
        }

        /// Returns when it says that it is ready; fails with all it said if it ends before.
        Up awaitReady() throws InterruptedException {
            List<String> said = new ArrayList<>();
            String line = "";
            while (!line.startsWith("ready ")) {
                line = lines.poll(LATEST.toSeconds(), TimeUnit.SECONDS);
                if (line == null || line.equals(END)) {
                    throw new AssertionError("not ready: " + String.join("\n", said));
                }
                said.add(line);
            }
            return this;
        }

        int awaitEnd() throws InterruptedException {
            if (!process.waitFor(LATEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it did not end");
            }
            return process.exitValue();
        }
    }

    Up up(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--port", Integer.toString(port)));
        arguments.addAll(List.of(options));
        return new Up(builder(arguments).start());
    }

    Outcome run(String input, String... arguments) throws IOException, InterruptedException {
        var process = builder(List.of(arguments)).start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // It ended without asking.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhearth.home=" + root()));
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(arguments);
        command.addAll(List.of("--data", data.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder;
    }

    static Path root() {
        return Path.of("../..").toAbsolutePath().normalize();
    }

    static Path jar() {
        return root().resolve("services/standalone/target/quarkus-app/quarkus-run.jar");
    }
}
