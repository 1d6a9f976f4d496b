package dev.hearth.standalone.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Bodies of appends: small events, as a list or a counter makes them.
final class Events {
    /// What one event carries besides its time; about 200 bytes in all.
    private static final String TEXT =
            "a line of text as somebody writes it into a list, not long and not short. ".repeat(2);

    private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis() << 16);

    private Events() {}

    static String append(int count) {
        return IntStream.range(0, count).mapToObj(_ -> event()).collect(Collectors.joining(",", "{\"events\":[", "]}"));
    }

    private static String event() {
        return "{\"id\":\"" + id() + "\",\"type\":\"bench.noted\",\"stream\":\"list\",\"data\":" + payload() + "}";
    }

    static String id() {
        return Long.toString(IDS.incrementAndGet(), 36);
    }

    /// Tells when it was written, in nanoseconds of this process' clock.
    static String payload() {
        return "{\"t\":" + System.nanoTime() + ",\"text\":\"" + TEXT + "\"}";
    }
}
