package dev.hearth.eventstore.publish;

import dev.hearth.eventstore.EventStoreConfig;
import java.time.Duration;

/// A relay's configuration for tests: quick to look again, quick to give up.
record RelaySettings(int batchEvents, Duration deliveryTimeout) implements EventStoreConfig.Relay {
    static final RelaySettings QUICK = new RelaySettings(100, Duration.ofSeconds(2));

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMillis(50);
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(5);
    }

    @Override
    public Duration takeOverInterval() {
        return Duration.ofMillis(50);
    }

    @Override
    public Duration topicCheckInterval() {
        return Duration.ofMillis(200);
    }

    @Override
    public int batchBytes() {
        return 1024 * 1024;
    }

    @Override
    public int partitions() {
        return 3;
    }

    @Override
    public short replicationFactor() {
        return 1;
    }

    @Override
    public Duration retention() {
        return Duration.ofDays(7);
    }
}
