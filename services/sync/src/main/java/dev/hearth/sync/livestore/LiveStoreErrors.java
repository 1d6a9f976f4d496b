package dev.hearth.sync.livestore;

import dev.hearth.sync.livestore.Answers.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;

/// What LiveStore's clients were refused, by kind. Those refusals are ordinary messages to HTTP.
@Startup
@ApplicationScoped
public class LiveStoreErrors {
    private enum Kind {
        SERVER_AHEAD("server-ahead"),
        OTHER_BACKEND("other-backend"),
        OTHER("other");

        private final String label;
        private final LongAdder count = new LongAdder();

        Kind(String label) {
            this.label = label;
        }
    }

    LiveStoreErrors(MeterRegistry metrics) {
        for (Kind kind : Kind.values()) {
            FunctionCounter.builder("hearth.livestore.errors", kind.count, LongAdder::sum)
                    .description("Requests of LiveStore clients that ended in an error")
                    .tag("kind", kind.label)
                    .register(metrics);
        }
    }

    static void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Pushed _, Outcome.Pulled _, Outcome.Ponged _ -> {}
            case Outcome.ServerAhead _ -> Kind.SERVER_AHEAD.count.increment();
            case Outcome.OtherBackend _ -> Kind.OTHER_BACKEND.count.increment();
            case Outcome.Failed _ -> Kind.OTHER.count.increment();
        }
    }
}
