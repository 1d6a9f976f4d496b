package dev.hearth.projection.fold;

import dev.hearth.contracts.StreamId;
import java.util.Set;

/// Where one store stands in one build: how far it was folded, and which streams were left out from some event
/// on.
public record Standing(Build build, Checkpoint checkpoint, Set<StreamId> parked) {
    public Standing {
        parked = Set.copyOf(parked);
    }
}
