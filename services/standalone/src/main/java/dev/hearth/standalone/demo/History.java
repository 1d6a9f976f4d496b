package dev.hearth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// The events of one store in their order, as a device or the server has them.
record History(List<Entry> entries) {
    /// @param number what LiveStore calls `seqNum`; the server's `alias`
    record Entry(long number, String type, JsonNode content, String device) {
        /// What makes it this event and no other, in this story.
        String key() {
            return type + " " + content.path("id").asText() + " "
                    + content.path("text").asText();
        }
    }

    History {
        entries = List.copyOf(entries);
    }

    static History ofDevice(JsonNode answer) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode event : answer.path("events")) {
            entries.add(new Entry(
                    event.path("seqNum").asLong(),
                    event.path("name").asText(),
                    event.path("args"),
                    event.path("clientId").asText()));
        }
        return new History(entries);
    }

    int size() {
        return entries.size();
    }

    List<String> keys() {
        return entries.stream().map(Entry::key).toList();
    }

    /// Equal for equal histories.
    String digest() {
        String text = entries.stream()
                .map(entry -> entry.number() + " " + entry.device() + " " + entry.key())
                .collect(Collectors.joining("\n"));
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
