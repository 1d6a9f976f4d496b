package dev.hearth.sync;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/// The service's configuration with some of its values changed.
public final class TestConfig {
    private TestConfig() {}

    public static SyncConfig with(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(SyncConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", 1000))
                .build()
                .getConfigMapping(SyncConfig.class);
    }
}
