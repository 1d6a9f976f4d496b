package dev.hearth.projection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits and times of projection.
@ConfigMapping(prefix = "projection")
public interface ProjectionConfig {
    /// Events read from the log and folded together.
    @WithDefault("500")
    int pageEvents();

    /// Stores of one view that a rebuild folds at once.
    @WithDefault("4")
    int storesAtOnce();

    /// Stores whose events from Kafka are folded in one transaction.
    @WithDefault("100")
    int storesTogether();

    Consumer consumer();

    Rebuild rebuild();

    Query query();

    DeadLetter deadLetter();

    /// How events come from Kafka.
    interface Consumer {
        /// Off, or Kafka away: a view learns of events when somebody asks for them, and when it looks for itself.
        @WithDefault("true")
        boolean enabled();

        /// Messages taken from Kafka at once.
        @WithDefault("500")
        int maxPollRecords();

        /// How long a partition rests from one batch's beginning to the next's, so that a store's events are folded
        /// together when there are many.
        @WithDefault("50ms")
        Duration pace();

        /// How soon a process that died loses its partitions to another.
        @WithDefault("10s")
        Duration sessionTimeout();

        /// How long work that met trouble waits before it is tried again; it doubles up to the longest.
        @WithDefault("200ms")
        Duration retryAfter();

        @WithDefault("10s")
        Duration longestRetryAfter();

        /// How soon a topic that was not there, or a new partition, is noticed.
        @WithDefault("5s")
        Duration topicCheckInterval();
    }

    /// How a view is built anew, beside the one that answers.
    interface Rebuild {
        /// How often a process looks whether there is something to build, to drop or to send.
        @WithDefault("2s")
        Duration watchInterval();

        /// Stores swept before the progress is kept.
        @WithDefault("50")
        int storesPerPart();

        /// How often all stores' heads are compared with what the live view has of them.
        @WithDefault("10m")
        Duration reconcileInterval();

        /// Rows of retired builds removed in one transaction.
        @WithDefault("5000")
        int rowsPerDrop();
    }

    /// How queries are answered.
    interface Query {
        @WithDefault("100")
        int maxStoresPerPage();

        /// Stores that one request may ask to be up to date.
        @WithDefault("16")
        int maxMinSequences();

        /// How long a request may wait for that.
        @WithDefault("10s")
        Duration longestCatchUp();

        /// Requests that wait for it at once; more are refused.
        @WithDefault("16")
        int maxCatchUps();
    }

    /// The topic of events that could not be folded, when this service makes it.
    interface DeadLetter {
        @WithDefault("1")
        int partitions();

        @WithDefault("1")
        short replicationFactor();

        @WithDefault("90d")
        Duration retention();
    }
}
