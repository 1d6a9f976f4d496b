package dev.hearth.projection.usage;

import dev.hearth.contracts.Generation;
import dev.hearth.projection.fold.StoreFacts;
import java.time.Instant;

/// What one store holds, in its current generation.
public record Usage(
        StoreFacts store,
        Generation generation,
        long events,
        long bytes,
        Instant firstActivity,
        Instant lastActivity) {}
