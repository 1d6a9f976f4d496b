package dev.hearth.testkit;

import dev.hearth.embedded.SharedFolder;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Keeps what was started in the JVM's properties. Quarkus loads test classes more than once, each time with statics of
/// their own; the properties are shared by all.
final class OncePerJvm {
    private OncePerJvm() {}

    /// The config that `start` gave the first time. It gets a folder of its own.
    static Map<String, String> config(String name, Function<Path, Map<String, String>> start) {
        return values(name, () -> start.apply(folder(name)));
    }

    /// What `make` gave the first time. Kept as text: libraries copy the JVM's properties and expect nothing else
    /// there.
    static Map<String, String> values(String name, Supplier<Map<String, String>> make) {
        var key = "hearth.testkit." + name;
        synchronized (System.getProperties()) {
            var known = System.getProperty(key);
            if (known != null) {
                return parse(known);
            }
            Map<String, String> values = Map.copyOf(make.get());
            System.setProperty(key, write(values));
            return values;
        }
    }

    private static String write(Map<String, String> values) {
        var properties = new Properties();
        properties.putAll(values);
        var text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static Map<String, String> parse(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), properties::getProperty));
    }

    /// Runs at the JVM's end: stops a server, then deletes its folder.
    static void atEnd(Path folder, Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.run();
            try {
                SharedFolder.delete(folder);
            } catch (IOException ignored) {
                // A folder of the build's that the next clean takes away.
            }
        }));
    }

    /// Where unpacked servers are kept between runs.
    static Path cache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("hearth");
    }

    private static Path folder(String name) {
        try {
            Path target = Path.of("target");
            Files.createDirectories(target);
            return Files.createTempDirectory(target.toAbsolutePath(), "test-" + name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
