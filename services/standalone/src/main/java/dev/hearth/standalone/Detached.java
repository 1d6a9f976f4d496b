package dev.hearth.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// `up` in a session of its own, which goes on when this terminal is closed.
final class Detached {
    private static final String MARK = "HEARTH_DETACHED";

    private Detached() {}

    /// Shows what the other says until it is ready, or has given up.
    static int start(Settings settings) throws IOException {
        Path log = settings.data().log("up");
        Files.deleteIfExists(log);
        var process = launch(command(settings), log);
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

    /// Starts an `up` that this terminal does not own.
    static Process launch(List<String> up, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(hasSetsid() ? "setsid" : "nohup"));
        command.addAll(up);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().put(MARK, "true");
        return builder.start();
    }

    /// Whether this process was started so.
    static boolean is() {
        return Boolean.parseBoolean(System.getenv(MARK));
    }

    private static boolean hasSetsid() throws IOException {
        return new ProcessBuilder("sh", "-c", "command -v setsid >/dev/null")
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }

    private static List<String> command(Settings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        OwnClasses.wanted().map(OwnClasses::noting).ifPresent(command::add);
        command.addAll(List.of("-jar", System.getProperty("java.class.path"), "up"));
        command.addAll(List.of("--data", settings.data().root().toString()));
        command.addAll(List.of("--port", Integer.toString(settings.port()), "--host", settings.host()));
        command.addAll(List.of("--public-url", settings.publicUrl().toString()));
        command.addAll(List.of("--log-format", settings.logFormat().name().toLowerCase(Locale.ROOT)));
        command.addAll(Tls.options(settings.tls()));
        if (settings.separate()) {
            command.add("--separate");
        }
        if (!settings.durable()) {
            command.add("--clear-at-end");
        }
        return command;
    }
}
