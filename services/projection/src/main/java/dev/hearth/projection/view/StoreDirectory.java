package dev.hearth.projection.view;

import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.projection.fold.StoreFacts;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Whose a store is, and what it is called: asked of the log once and kept, as it changes only when it is closed.
public final class StoreDirectory {
    private static final int MAX_KEPT = 10_000;

    private final EventLog log;
    private final Map<StoreId, StoreFacts> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StoreId, StoreFacts> eldest) {
            return size() > MAX_KEPT;
        }
    };

    public StoreDirectory(EventLog log) {
        this.log = log;
    }

    /// Those that exist.
    public Uni<Map<StoreId, StoreFacts>> find(Collection<StoreId> stores) {
        var known = known(stores);
        var unknown = stores.stream().filter(store -> !known.containsKey(store)).toList();
        if (unknown.isEmpty()) {
            return Uni.createFrom().item(known);
        }
        return log.describe(unknown).map(described -> {
            var all = new HashMap<>(known);
            synchronized (kept) {
                described.stream().map(StoreFacts::of).forEach(store -> {
                    kept.put(store.id(), store);
                    all.put(store.id(), store);
                });
            }
            return all;
        });
    }

    /// Those that are there no more are asked about again.
    public void forget(Collection<StoreId> stores) {
        synchronized (kept) {
            kept.keySet().removeAll(stores);
        }
    }

    private Map<StoreId, StoreFacts> known(Collection<StoreId> stores) {
        var known = new HashMap<StoreId, StoreFacts>();
        synchronized (kept) {
            for (var store : stores) {
                var facts = kept.get(store);
                if (facts != null) {
                    known.put(store, facts);
                }
            }
        }
        return known;
    }
}
