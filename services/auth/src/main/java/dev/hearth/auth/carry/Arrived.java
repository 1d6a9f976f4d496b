package dev.hearth.auth.carry;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What came of an import.
public record Arrived(List<Taken> stores, List<LeftOut> leftOut) {

    /// Of a store: `events` came in, `known` were there already (`differing` of them with another payload, which
    /// stays),
    /// `erased` had nothing left to take in.
    public record Taken(
            String face,
            String name,

            @Schema(description = "The store here; absent if there is none")
            Optional<UUID> id,

            boolean created,
            long events,
            long known,
            long differing,
            long erased,

            @Schema(
                    description = "Why the store, or the rest of it, was left out: too-many-stores, name-not-reached,"
                            + " name-of-a-household, other-privacy, other-events, event-too-large, locked or gone")
            Optional<String> leftOut) {}

    /// What belongs to the server it comes from.
    public record LeftOut(String file, String reason) {}
}
