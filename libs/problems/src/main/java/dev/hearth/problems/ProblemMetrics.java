package dev.hearth.problems;

import dev.hearth.contracts.ProblemType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every refusal that this process has answered with, by its type.
@Startup
@ApplicationScoped
public class ProblemMetrics {
    private static final Map<ProblemType, LongAdder> COUNTS =
            Collections.unmodifiableMap(Arrays.stream(ProblemType.values())
                    .collect(Collectors.toMap(
                            Function.identity(),
                            _ -> new LongAdder(),
                            (one, _) -> one,
                            () -> new EnumMap<>(ProblemType.class))));

    ProblemMetrics(MeterRegistry metrics) {
        COUNTS.forEach((type, count) -> FunctionCounter.builder("hearth.problems", count, LongAdder::sum)
                .description("Requests that were answered with a problem")
                .tag("type", type.slug())
                .register(metrics));
    }

    static void count(ProblemType type) {
        COUNTS.get(type).increment();
    }
}
