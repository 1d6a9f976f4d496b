package dev.hearth.standalone.bench;

import java.util.stream.IntStream;

/// A store with many events in it, appended over HTTP.
final class Filled {
    private static final int BATCH = 500;

    private Filled() {}

    static String store(Stores calls, int events) {
        String store = calls.open();
        IntStream.range(0, events / BATCH)
                .forEach(_ -> calls.post("/api/v1/stores/" + store + "/events", Events.append(BATCH)));
        return store;
    }
}
