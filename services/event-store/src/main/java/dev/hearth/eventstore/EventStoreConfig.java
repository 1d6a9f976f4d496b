package dev.hearth.eventstore;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits and times of the event-store.
@ConfigMapping(prefix = "event-store")
public interface EventStoreConfig {
    /// Events one append may carry.
    @WithDefault("50000")
    int maxEventsPerAppend();

    /// Bytes one event's payload may have.
    @WithDefault("16777216")
    int maxEventBytes();

    /// Bytes the payloads of one append may have together.
    @WithDefault("33554432")
    int maxAppendBytes();

    /// Events one page may hold; a larger wish is cut to it.
    @WithDefault("5000")
    int maxEventsPerPage();

    /// Stores one owner may have.
    @WithDefault("1000")
    int maxStoresPerOwner();

    /// How often it is counted, for the metrics, what the log holds and what the relay has still to do.
    @WithDefault("5s")
    Duration measureInterval();

    Relay relay();

    Eraser eraser();

    /// How committed events get to Kafka.
    interface Relay {
        /// Off: this process never publishes; another one does.
        @WithDefault("true")
        boolean enabled();

        /// How long a quiet relay waits before it looks again without having been told.
        @WithDefault("500ms")
        Duration pollInterval();

        /// How long it rests after each round, so that what is appended meanwhile is published together.
        @WithDefault("20ms")
        Duration pace();

        /// How often a process that does not hold the lock tries to get it.
        @WithDefault("1s")
        Duration takeOverInterval();

        /// How often the topic's id is compared with the one the checkpoints speak of.
        @WithDefault("5s")
        Duration topicCheckInterval();

        /// Events read and published together.
        @WithDefault("2000")
        int batchEvents();

        /// Payload bytes read and published together, unless one store's next event alone is larger.
        @WithDefault("8388608")
        int batchBytes();

        /// Partitions of the topic when the relay creates it.
        @WithDefault("6")
        int partitions();

        /// Copies of the topic when the relay creates it.
        @WithDefault("1")
        short replicationFactor();

        /// How long the topic keeps an event.
        @WithDefault("7d")
        Duration retention();

        /// How long Kafka may take to acknowledge before the batch is published again.
        @WithDefault("10s")
        Duration deliveryTimeout();
    }

    /// How replaced histories lose their payloads.
    interface Eraser {
        /// How long a replaced history stays whole.
        @WithDefault("30d")
        Duration keepRetiredFor();

        /// How often the eraser looks.
        @WithDefault("1h")
        Duration interval();

        /// Payloads blanked in one transaction.
        @WithDefault("1000")
        int batchEvents();
    }
}
