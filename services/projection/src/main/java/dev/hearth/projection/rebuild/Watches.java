package dev.hearth.projection.rebuild;

import dev.hearth.eventlog.EventLog;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.fold.ViewName;
import dev.hearth.projection.view.Projections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/// A watch for each view.
@Startup
@ApplicationScoped
public class Watches {
    private final Projections projections;
    private final EventLog log;
    private final ProjectionConfig config;
    private final MeterRegistry metrics;
    private final Map<ViewName, Watch> watches = new LinkedHashMap<>();

    Watches(Projections projections, EventLog log, ProjectionConfig config, MeterRegistry metrics) {
        this.projections = projections;
        this.log = log;
        this.config = config;
        this.metrics = metrics;
    }

    @PostConstruct
    void start() {
        for (var projection : projections.all()) {
            var name = projection.view().name();
            var watch = new Watch(projection, log, config);
            watches.put(name, watch);
            Gauge.builder("hearth.projection.rebuild.progress", watch, Watch::progress)
                    .description("Of the build that is being made, 0 to 1; 1 when none is")
                    .tag("view", name.value())
                    .register(metrics);
            Gauge.builder("hearth.projection.parked", watch, Watch::parked)
                    .description("Events that the view has left out")
                    .tag("view", name.value())
                    .register(metrics);
        }
    }

    void wake(ViewName view) {
        var watch = watches.get(view);
        if (watch != null) {
            watch.wake();
        }
    }

    @PreDestroy
    void stop() {
        watches.values().forEach(Watch::close);
    }
}
