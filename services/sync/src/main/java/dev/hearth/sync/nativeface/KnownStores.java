package dev.hearth.sync.nativeface;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Store;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers of stores what never changes, so that an append asks the log once. Who may append is still the log's to
/// say.
@ApplicationScoped
public class KnownStores {
    private static final int MAX = 10_000;

    private final EventLog log;
    private final Map<StoreId, Kept> kept = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StoreId, Kept> eldest) {
            return size() > MAX;
        }
    });

    private record Kept(String face, boolean isPrivate) {}

    KnownStores(EventLog log) {
        this.log = log;
    }

    /// Whether the store that this face is to append to is private; a problem when it is another face's, or not there.
    Uni<Boolean> isPrivate(Caller caller, StoreId id) {
        var known = kept.get(id);
        return known != null
                ? Uni.createFrom().item(() -> ours(known))
                : log.find(caller, id)
                        .map(found -> remember(found.orElseThrow(Refusals::unknownStore)))
                        .map(KnownStores::ours);
    }

    private Kept remember(Store store) {
        var fresh = new Kept(store.name().face(), store.isPrivate());
        kept.put(store.id(), fresh);
        return fresh;
    }

    private static boolean ours(Kept store) {
        if (!store.face().equals(NativeFace.NAME)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Only clients of the face that made this store append to it; they number its events.",
                    Map.of("face", store.face()));
        }
        return store.isPrivate();
    }
}
