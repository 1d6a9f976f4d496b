package dev.hearth.eventlog;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import java.time.Instant;

/// A store as it is now. `name` is what its clients call it; `head` is 0 when it is empty.
public record Store(
        StoreId id,
        Principal owner,
        StoreName name,
        String kind,
        boolean isPrivate,
        Generation generation,
        Sequence head,
        Alias headAlias,
        Instant createdAt) {}
