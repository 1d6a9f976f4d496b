package dev.hearth.projection.consume;

import dev.hearth.eventlog.EventLog;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.view.Projection;
import dev.hearth.projection.view.Projections;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// One consumer for each view, in a group of the view's own: a view that waits for something keeps no other
/// waiting.
@Startup
@ApplicationScoped
public class Consumers {
    private final Projections projections;
    private final EventLog log;
    private final ProjectionConfig config;
    private final MeterRegistry metrics;
    private final Optional<String> bootstrapServers;
    private final List<LogConsumer> consumers = new ArrayList<>();
    private final List<ParkedLetters> letters = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Consumers(
            Projections projections,
            EventLog log,
            ProjectionConfig config,
            MeterRegistry metrics,
            @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> bootstrapServers) {
        this.projections = projections;
        this.log = log;
        this.config = config;
        this.metrics = metrics;
        this.bootstrapServers = bootstrapServers;
    }

    @PostConstruct
    void start() {
        if (config.consumer().enabled() && bootstrapServers.isPresent()) {
            projections.all().forEach(projection -> start(projection, bootstrapServers.get()));
            Thread.ofVirtual().name("projection-dead-letters").start(this::sendLetters);
        }
    }

    private void start(Projection<?> projection, String kafka) {
        var name = projection.view().name();
        var deadLetters = new DeadLetters(kafka, name, config.deadLetter());
        var incoming = new Incoming(
                log, projections.directory(), projection.projector(), deadLetters, config.storesTogether());
        var consumer = new LogConsumer(kafka, "hearth-projection-" + name, incoming, config.consumer());
        consumers.add(consumer);
        letters.add(new ParkedLetters(log, projections.directory(), projection.parked(), deadLetters));
        Gauge.builder("hearth.projection.lag", consumer, LogConsumer::behind)
                .description("Messages of the log that this process has still to fold")
                .tag("view", name.value())
                .register(metrics);
        Gauge.builder("hearth.projection.paused", consumer, LogConsumer::stalled)
                .description("Partitions that wait for trouble to pass")
                .tag("view", name.value())
                .register(metrics);
        FunctionCounter.builder("hearth.projection.folded", projection.projector(), projector -> projector.folded())
                .description("Events folded into a build, from Kafka or from the log")
                .tag("view", name.value())
                .register(metrics);
    }

    private void sendLetters() {
        while (!stopsWithin(config.rebuild().watchInterval().toMillis())) {
            for (var letter : letters) {
                try {
                    letter.send();
                } catch (Exception trouble) {
                    Log.debugf(trouble, "dead letters wait");
                }
            }
        }
    }

    private boolean stopsWithin(long millis) {
        try {
            return stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return true;
        }
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
        consumers.forEach(LogConsumer::close);
    }
}
