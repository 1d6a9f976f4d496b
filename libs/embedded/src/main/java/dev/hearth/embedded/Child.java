package dev.hearth.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A process to start: its command, and where its output and its process id are written.
///
/// @param name what people call it
/// @param environment added to our own; the place for secrets, as a command line can be read by everyone
/// @param folder its working folder
/// @param stopSignal the signal that makes it end in good order, as `kill -s` knows it
/// @param grace how long it may take to end before it is killed
public record Child(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path logFile,
        Path pidFile,
        String stopSignal,
        Duration grace) {
    public Child {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// Without the environment, where secrets are.
    @Override
    public String toString() {
        return "Child[" + name + "]";
    }
}
