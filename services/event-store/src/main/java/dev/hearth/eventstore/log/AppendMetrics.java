package dev.hearth.eventstore.log;

import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How many appends there are, how they end, and how long the database takes for them.
@Startup
@ApplicationScoped
public class AppendMetrics {
    private enum Outcome {
        APPENDED,
        REFUSED,
        FAILED
    }

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);
    private final Counter events;

    AppendMetrics(MeterRegistry metrics) {
        for (Outcome outcome : Outcome.values()) {
            timers.put(
                    outcome,
                    Timer.builder("hearth.append")
                            .description("Appends, from the call to the commit")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(BUCKETS)
                            .register(metrics));
        }
        events = Counter.builder("hearth.append.events")
                .description("Events that appends have added to the log")
                .register(metrics);
    }

    Uni<AppendResult> measured(Uni<AppendResult> append) {
        return Uni.createFrom().deferred(() -> {
            long start = System.nanoTime();
            return append.invoke(result -> count(result, System.nanoTime() - start))
                    .onFailure()
                    .invoke(() -> timer(Outcome.FAILED).record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
        });
    }

    private void count(AppendResult result, long nanos) {
        if (result instanceof Appended appended) {
            events.increment(
                    appended.assigned().stream().filter(event -> !event.known()).count());
            timer(Outcome.APPENDED).record(nanos, TimeUnit.NANOSECONDS);
        } else {
            timer(Outcome.REFUSED).record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(Outcome outcome) {
        return timers.get(outcome);
    }
}
