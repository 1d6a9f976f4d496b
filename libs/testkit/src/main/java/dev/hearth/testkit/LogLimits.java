package dev.hearth.testkit;

/// What a log under test refuses to go beyond.
public record LogLimits(int eventsPerAppend, int eventBytes, int appendBytes, int storesPerOwner) {
    /// Small, so that a test reaches them quickly.
    public static final LogLimits SMALL = new LogLimits(1_000, 64 * 1024, 256 * 1024, 50);

    public static final LogLimits WIDE = new LogLimits(50_000, 16 * 1024 * 1024, 32 * 1024 * 1024, 1_000);
}
