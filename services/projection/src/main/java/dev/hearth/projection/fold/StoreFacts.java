package dev.hearth.projection.fold;

import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;

/// What never changes about a store. A fold may use it; where the store ends just now, it may not.
public record StoreFacts(StoreId id, Principal owner, StoreName name, String kind, boolean isPrivate) {
    public static StoreFacts of(Store store) {
        return new StoreFacts(store.id(), store.owner(), store.name(), store.kind(), store.isPrivate());
    }
}
