package dev.hearth.projection.rebuild;

import dev.hearth.projection.view.BuildStatus;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A view as an operator sees it.
@Schema(name = "View")
public record ViewStatus(
        String view,

        @Schema(description = "The version of the code that answers here")
        int version,

        @Schema(description = "The build that answers queries; absent while the first one is made")
        Optional<Made> live,

        @Schema(description = "The build that is being made, if one is")
        Optional<Made> building,

        @Schema(description = "Events left out because they could not be folded, with those that follow them")
        long parked) {

    @Schema(name = "Build")
    public record Made(
            int number,
            int version,
            Instant startedAt,
            Optional<Instant> liveAt,

            @Schema(description = "0 to 1") double progress,

            long storesDone,
            Optional<Long> storesInAll) {

        static Made of(BuildStatus build) {
            return new Made(
                    build.number(),
                    build.version(),
                    build.startedAt(),
                    build.liveAt(),
                    build.progress(),
                    build.swept().stores(),
                    build.of().map(BuildStatus.Swept::stores));
        }
    }
}
