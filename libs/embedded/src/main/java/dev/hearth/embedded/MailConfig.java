package dev.hearth.embedded;

import java.nio.file.Path;

/// @param folder where messages are kept, for its owner alone
/// @param port where it listens, on loopback
/// @param most how many messages are kept; the oldest make room
/// @param largest how many bytes a message may have
public record MailConfig(Path folder, int port, int most, int largest) {
    /// As many, and as large, as somebody will want to look at.
    public static MailConfig usual(Path folder, int port) {
        return new MailConfig(folder, port, 200, 256 * 1024);
    }
}
