package dev.hearth.eventstore.publish;

import dev.hearth.eventstore.EventStoreConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/// What the log holds and what of it is not in Kafka yet, counted now and then. Every process counts the whole log.
@Startup
@ApplicationScoped
public class LogGauges {
    private static final String COUNT = """
            select coalesce(sum(s.head), 0)::bigint as events,
                   coalesce(sum(s.head - coalesce(c.sequence, 0)), 0)::bigint as lag
            from store s
            left join relay_checkpoint c on c.store = s.id and c.generation = s.generation
            """;

    private final Pool pool;
    private final Vertx vertx;
    private final long timer;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile double events = Double.NaN;
    private volatile double lag = Double.NaN;

    LogGauges(
            @ReactiveDataSource("event-store-relay") Pool pool,
            EventStoreConfig config,
            Vertx vertx,
            MeterRegistry metrics) {
        this.pool = pool;
        this.vertx = vertx;
        Gauge.builder("hearth.log.events", () -> events)
                .description("Events in all stores: the sum of their heads")
                .register(metrics);
        Gauge.builder("hearth.relay.lag", () -> lag)
                .description("Events that are in the log and not known to be in Kafka")
                .register(metrics);
        count();
        timer = vertx.setPeriodic(config.measureInterval().toMillis(), _ -> count());
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    private void count() {
        if (!counting.compareAndSet(false, true)) {
            return;
        }
        pool.query(COUNT)
                .execute()
                .onTermination()
                .invoke(() -> counting.set(false))
                .subscribe()
                .with(
                        rows -> {
                            var row = rows.iterator().next();
                            events = row.getLong("events");
                            lag = row.getLong("lag");
                        },
                        // An old figure would look like a good one.
                        _ -> {
                            events = Double.NaN;
                            lag = Double.NaN;
                        });
    }
}
