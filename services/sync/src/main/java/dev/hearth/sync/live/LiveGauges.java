package dev.hearth.sync.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/// How much live delivery there is in this process.
@Startup
@ApplicationScoped
public class LiveGauges {
    LiveGauges(Live live, MeterRegistry metrics) {
        Gauge.builder("hearth.live.followers", live, Live::followers)
                .description("Clients that follow a store: streams, long polls, open pulls")
                .register(metrics);
        Gauge.builder("hearth.live.stores", live, Live::tails)
                .description("Stores that are followed, or were until just now")
                .register(metrics);
    }
}
