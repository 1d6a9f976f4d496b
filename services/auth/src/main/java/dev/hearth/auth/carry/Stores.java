package dev.hearth.auth.carry;

import dev.hearth.auth.carry.Archive.OwnStore;
import dev.hearth.contracts.Principal;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.StoreName;
import java.util.UUID;

/// What a store is called and is for, as an archive tells it.
final class Stores {
    private static final int MOST_KIND = 40;
    private static final Principal ANYBODY = Principal.user(new UUID(0, 0));

    private Stores() {}

    static boolean canBe(OwnStore store) {
        try {
            wanted(store, ANYBODY);
            return EventLines.canBeStored(store.face(), 40)
                    && EventLines.canBeStored(store.name(), StoreName.MAX_LENGTH)
                    && EventLines.canBeStored(store.kind(), MOST_KIND)
                    && !store.kind().isEmpty();
        } catch (IllegalArgumentException | NullPointerException malformed) {
            return false;
        }
    }

    static NewStore wanted(OwnStore store, Principal owner) {
        return new NewStore(owner, new StoreName(store.face(), store.name()), store.kind(), store.isPrivate());
    }
}
