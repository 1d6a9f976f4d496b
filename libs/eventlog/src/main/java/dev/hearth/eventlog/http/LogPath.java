package dev.hearth.eventlog.http;

/// Where the event-store serves the port.
public final class LogPath {
    public static final String ROOT = "/internal/log";
    public static final String OPEN = "open";
    public static final String FIND_BY_NAME = "find-by-name";
    public static final String FIND_BY_ID = "find-by-id";
    public static final String LIST = "list";
    public static final String APPEND = "append";
    public static final String READ = "read";
    public static final String RESET = "reset";
    public static final String RAISE_FENCE = "raise-fence";
    public static final String HEADS = "heads";
    public static final String DESCRIBE = "describe";
    public static final String ALL = "all";
    public static final String CLOSED = "closed";

    public static final String NAME = "name";
    public static final String NAMED = "named";
    public static final String FORGET_NAME = "forget-name";
    public static final String GIVEN = "given";

    private LogPath() {}
}
