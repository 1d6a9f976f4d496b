package dev.hearth.eventlog.http;

/// Where the event-store takes away what somebody had, and the role of the one service that may ask for it.
public final class ErasurePath {
    public static final String ROOT = "/internal/erasure";
    public static final String ROLE = "erasure";

    private ErasurePath() {}
}
