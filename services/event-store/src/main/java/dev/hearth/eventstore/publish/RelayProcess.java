package dev.hearth.eventstore.publish;

import dev.hearth.eventstore.EventStoreConfig;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// This process's relay, from start to stop.
@ApplicationScoped
public class RelayProcess {
    private final Relay relay;
    private final boolean enabled;

    RelayProcess(
            @ReactiveDataSource("event-store-relay") Pool pool,
            EventStoreConfig config,
            MeterRegistry metrics,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "localhost:9092") String kafka) {
        this.relay = new Relay(pool, Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka), config.relay());
        this.enabled = config.relay().enabled();
        FunctionCounter.builder("hearth.relay.published", relay, Relay::published)
                .description("Events that Kafka has acknowledged")
                .register(metrics);
        Gauge.builder("hearth.relay.active", relay, self -> self.isActive() ? 1 : 0)
                .description("1 where this process publishes the log")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            relay.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (enabled) {
            relay.stop();
        }
    }
}
