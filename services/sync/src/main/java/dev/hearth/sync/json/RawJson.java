package dev.hearth.sync.json;

import dev.hearth.eventlog.Payload;

/// One JSON value, exactly as it was sent: spaces, escapes, key order and number forms included. Valid by construction
/// when a `RawJsonReader` read it.
public record RawJson(Payload bytes) {
    public static RawJson of(String json) {
        return new RawJson(Payload.utf8(json));
    }
}
