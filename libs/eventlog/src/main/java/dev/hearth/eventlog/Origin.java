package dev.hearth.eventlog;

import java.util.Optional;

/// Where an event came from: the client's own names for its device and session, the request behind it (correlation)
/// and the message that directly caused it (causation).
public record Origin(
        Optional<String> device, Optional<String> session, Optional<String> correlation, Optional<String> causation) {
    public static final Origin UNKNOWN =
            new Origin(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static Origin of(String device, String session) {
        return new Origin(Optional.of(device), Optional.of(session), Optional.empty(), Optional.empty());
    }
}
