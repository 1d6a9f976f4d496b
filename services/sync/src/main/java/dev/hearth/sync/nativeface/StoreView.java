package dev.hearth.sync.nativeface;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hearth.eventlog.Store;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A store as its owner sees it.
@Schema(name = "Store")
public record StoreView(
        UUID id,

        @Schema(description = "What clients of its face call it")
        String name,

        @Schema(description = "The face that made it; only that face appends to it", examples = "native")
        String face,

        String kind,
        @JsonProperty("private") boolean isPrivate,

        @Schema(description = "user:<uuid> or household:<uuid>")
        String owner,

        @Schema(description = "Grows when the history is replaced")
        long generation,

        @Schema(description = "Sequence of the last event; 0: empty")
        long head,

        Instant createdAt) {

    static StoreView of(Store store) {
        return new StoreView(
                store.id().value(),
                store.name().clientId(),
                store.name().face(),
                store.kind(),
                store.isPrivate(),
                store.owner().toString(),
                store.generation().value(),
                store.head().value(),
                store.createdAt());
    }
}
