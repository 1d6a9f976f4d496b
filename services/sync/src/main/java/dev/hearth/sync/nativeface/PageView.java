package dev.hearth.sync.nativeface;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a page looks like; for the API's description, as pages are put together from bytes (`PageJson`, `EventJson`).
@Schema(name = "EventPage")
public record PageView(
        UUID store,
        long generation,

        @Schema(description = "Sequence of the store's last event")
        long head,

        @Schema(description = "There are more in this direction")
        boolean more,

        @Schema(description = "Cursor of the next page in this direction")
        long next,

        List<EventView> events) {

    @Schema(name = "Event")
    public record EventView(
            long sequence,
            String id,
            String type,
            String stream,
            long revision,

            @Schema(description = "The number its client gave it")
            Optional<Long> alias,

            String contentType,
            @JsonProperty("private") boolean isPrivate,
            String actor,
            Optional<String> device,
            Optional<String> session,
            Optional<String> correlation,
            Optional<String> causation,
            Optional<Instant> occurredAt,
            Instant recordedAt,
            Optional<Map<String, String>> attributes,
            @Schema(description = "Its data was blanked") Optional<Boolean> erased,

            @Schema(description = "Byte for byte as it was sent")
            Object data,

            @Schema(description = "Instead of `data`, of an event that is not JSON")
            Optional<String> dataBase64) {}
}
