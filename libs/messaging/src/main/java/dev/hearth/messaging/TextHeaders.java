package dev.hearth.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Kafka's headers as texts. Of a header that stands twice, the last counts.
final class TextHeaders {
    private final Headers headers;
    private int bytes;

    TextHeaders() {
        this(new RecordHeaders());
    }

    TextHeaders(Headers headers) {
        this.headers = headers;
    }

    Headers headers() {
        return headers;
    }

    /// What the headers put so far weigh.
    int bytes() {
        return bytes;
    }

    void put(String name, String value) {
        var encoded = value.getBytes(UTF_8);
        bytes += name.length() + encoded.length + 4;
        headers.add(name, encoded);
    }

    void put(String name, Optional<String> value) {
        value.ifPresent(text -> put(name, text));
    }

    Optional<String> find(String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    String get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no header " + name));
    }

    long number(String name) {
        return Long.parseLong(get(name));
    }

    Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new HashMap<>();
        for (var header : headers) {
            if (header.key().startsWith(prefix) && header.value() != null) {
                found.put(header.key().substring(prefix.length()), new String(header.value(), UTF_8));
            }
        }
        return found;
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("not a time", malformed);
        }
    }
}
