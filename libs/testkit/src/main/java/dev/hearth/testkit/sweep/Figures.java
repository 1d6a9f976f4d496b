package dev.hearth.testkit.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a test counted, as one line: on its output, and in `target/figures`, from where `./hearth test` shows it at the
/// end.
public final class Figures {
    private static final Path FOLDER = Path.of("target/figures");

    private final String name;
    private final Map<String, String> parts = new LinkedHashMap<>();

    public Figures(String name) {
        this.name = name;
    }

    public void tell(String part, String text) {
        parts.put(part, text);
    }

    public void write() {
        var line = name + ": "
                + parts.entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining("; "));
        System.out.println(line);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name + ".txt"), line + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
