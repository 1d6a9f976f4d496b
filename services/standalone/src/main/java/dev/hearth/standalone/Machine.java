package dev.hearth.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What a figure was measured on.
final class Machine {
    private Machine() {}

    static String line() {
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %.0f GB of memory, %s %s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                fact(Path.of("/proc/cpuinfo"), "model name", "unknown"),
                Long.parseLong(fact(Path.of("/proc/meminfo"), "MemTotal", "0").replaceAll("\\D", "")) / 1e6,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version().feature());
    }

    /// The value of a line `name : value`.
    private static String fact(Path file, String name, String otherwise) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(otherwise);
        } catch (IOException notLinux) {
            return otherwise;
        }
    }
}
