package dev.hearth.projection.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hearth.projection.view.PostgresParked.Told;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A parked event as an operator sees it. What it holds, and what its writer called it, is not said.
@Schema(name = "ParkedEvent")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ParkedEvent(
        UUID store,
        long generation,
        long sequence,

        @Schema(
                description =
                        "The kind of failure and the place in the code, or that an earlier event of the stream is parked")
        String reason,

        @Schema(
                description =
                        "The `Trace-Id` that its writer was answered with, by which the logs of all services tell of it")
        Optional<String> traceId,

        Instant parkedAt) {

    static ParkedEvent of(Told told) {
        return new ParkedEvent(
                told.store().value(),
                told.at().generation().value(),
                told.at().sequence().value(),
                told.reason(),
                told.trace(),
                told.since());
    }
}
