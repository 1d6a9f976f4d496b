package dev.hearth.projection.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A page of a caller's usage.
@Schema(name = "Usage")
public record UsagePage(
        @Schema(description = "Of all the caller's stores, not of this page")
        Total total,

        @Schema(description = "Ordered by id. A store is here when it has had an event")
        List<StoreUsage> stores,

        @Schema(description = "There when the list goes on: the `after` of the next page")
        Optional<UUID> next) {

    @Schema(name = "UsageTotal")
    public record Total(long stores, long events, long bytes, Optional<Instant> lastActivity) {}

    public record StoreUsage(
            UUID store,

            @Schema(description = "What clients of its face call it")
            String name,

            @Schema(examples = "native") String face,

            String kind,
            @JsonProperty("private") boolean isPrivate,

            @Schema(description = "user:<uuid> or household:<uuid>")
            String owner,

            @Schema(description = "The history that is counted; it grows when the history is replaced")
            long generation,

            @Schema(description = "Events of that history") long events,

            @Schema(description = "Bytes of their payloads") long bytes,

            @Schema(description = "When the server recorded the first of them")
            Instant firstActivity,

            @Schema(description = "When the server recorded the last of them")
            Instant lastActivity) {

        static StoreUsage of(Usage usage) {
            var store = usage.store();
            return new StoreUsage(
                    store.id().value(),
                    store.name().clientId(),
                    store.name().face(),
                    store.kind(),
                    store.isPrivate(),
                    store.owner().toString(),
                    usage.generation().value(),
                    usage.events(),
                    usage.bytes(),
                    usage.firstActivity(),
                    usage.lastActivity());
        }
    }
}
