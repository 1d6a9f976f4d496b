package dev.hearth.projection;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/// The service's configuration, quick to try again.
public final class TestConfig {
    private TestConfig() {}

    public static ProjectionConfig quick() {
        var values = Map.of(
                "projection.consumer.retry-after",
                "20ms",
                "projection.consumer.longest-retry-after",
                "200ms",
                "projection.consumer.topic-check-interval",
                "500ms");
        return new SmallRyeConfigBuilder()
                .withMapping(ProjectionConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", 1000))
                .build()
                .getConfigMapping(ProjectionConfig.class);
    }
}
