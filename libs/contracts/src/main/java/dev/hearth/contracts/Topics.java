package dev.hearth.contracts;

/// The Kafka topics.
public final class Topics {
    /// Every committed event, keyed by store, in sequence order per store. A copy: rebuilt from Postgres at any time.
    public static final String LOG = "hearth.log";

    /// Events that a view of projection could not fold, each with the reason, and those that follow them in their
    /// streams.
    public static final String PROJECTION_DEAD_LETTER = "hearth.projection.dead-letter";

    /// How each user, household, session, API token and login stands now, keyed by subject, without names, addresses or
    /// secrets; compacted. Nothing is decided by it alone: it makes services look sooner.
    public static final String IDENTITY = "hearth.identity";

    private Topics() {}
}
