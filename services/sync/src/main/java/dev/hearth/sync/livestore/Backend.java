package dev.hearth.sync.livestore;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Store;

/// What LiveStore calls a backend: one generation of one store. Letters, digits and hyphens only, since the client puts
/// it into SQL as it is.
record Backend(StoreId store, Generation generation) {
    static Backend of(Store store) {
        return new Backend(store.id(), store.generation());
    }

    String id() {
        return store + "-" + generation;
    }
}
