package dev.hearth.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `up` in a session of its own, which goes on when this terminal is closed.
final class Detached {
    private Detached() {}

    /// Shows what the other says until it is ready, or has given up.
    static int start(Settings settings) throws IOException {
        Path log = settings.data().log("up");
        Files.deleteIfExists(log);
        var process = new ProcessBuilder(command(settings))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile())
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
            while (true) {
                boolean alive = process.isAlive();
                String line = lines.readLine();
                if (line != null) {
                    System.out.println(line);
                    if (line.startsWith("ready ")) {
                        return 0;
                    }
                } else if (!alive) {
                    return process.exitValue() == 0 ? 1 : process.exitValue();
                } else {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static List<String> command(Settings settings) throws IOException {
        List<String> command = new ArrayList<>();
        if (new ProcessBuilder("sh", "-c", "command -v setsid >/dev/null")
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0) {
            command.add("setsid");
        } else {
            command.add("nohup");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-jar", System.getProperty("java.class.path"), "up"));
        command.addAll(List.of("--data", settings.data().root().toString()));
        command.addAll(List.of("--port", Integer.toString(settings.port()), "--host", settings.host()));
        command.addAll(List.of("--public-url", settings.publicUrl().toString()));
        if (settings.separate()) {
            command.add("--separate");
        }
        if (!settings.durable()) {
            command.add("--clear-at-end");
        }
        return command;
    }
}
