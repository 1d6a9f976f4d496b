package dev.hearth.contracts;

/// The Kafka topics.
public final class Topics {
    /// Every committed event, keyed by store, in sequence order per store. A copy: rebuilt from Postgres at any time.
    public static final String LOG = "hearth.log";

    private Topics() {}
}
