package dev.hearth.testkit.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/// What came back. Of a stream that does not end, `body` is what came first.
public record Answer(int status, Map<String, List<String>> headers, byte[] bytes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    public String mediaType() {
        return header("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    public String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(bytes);
        } catch (IOException none) {
            throw new AssertionError("no JSON: " + this, none);
        }
    }

    /// Head and body, for looking for what should not be there; of an archive what is in it.
    public String all() {
        return headers + "\n" + (mediaType().equals("application/zip") ? unpacked() : body());
    }

    private String unpacked() {
        var text = new StringBuilder();
        try (var archive = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                text.append(entry.getName()).append('\n');
                text.append(new String(archive.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException brokenOff) {
            text.append(" (broken off)");
        }
        return text.toString();
    }

    @Override
    public String toString() {
        var text = body();
        return status + " " + mediaType() + " " + (text.length() > 400 ? text.substring(0, 400) + "…" : text);
    }
}
