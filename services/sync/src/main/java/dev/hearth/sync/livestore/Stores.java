package dev.hearth.sync.livestore;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the caller's store of a LiveStore `storeId`, or makes it on first touch.
final class Stores {
    static final String FACE = "livestore";
    private static final String KIND = "app";

    private final EventLog log;

    Stores(EventLog log) {
        this.log = log;
    }

    Uni<Store> open(Caller caller, @Nullable String storeId) {
        if (storeId == null) {
            return Uni.createFrom().failure(new Refused("a request names its storeId"));
        }
        StoreName name;
        try {
            name = new StoreName(FACE, storeId);
        } catch (IllegalArgumentException unusable) {
            return Uni.createFrom().failure(new Refused(unusable.getMessage()));
        }
        return log.find(caller, name)
                .flatMap(found ->
                        found.map(store -> Uni.createFrom().item(store)).orElseGet(() -> create(caller, name)));
    }

    Uni<Boolean> reaches(Caller caller, StoreId store) {
        return log.find(caller, store).map(Optional::isPresent);
    }

    private Uni<Store> create(Caller caller, StoreName name) {
        return log.open(caller, new NewStore(caller.user(), name, KIND, false)).map(result -> switch (result) {
            case OpenResult.Opened(var store, boolean _) -> store;
            case OpenResult.TooManyStores(int limit) ->
                throw new Refused("no more than " + limit + " stores are allowed");
            case OpenResult.NotReached() ->
                throw new Refused("the name stands for a store that the caller does not reach any more");
            case OpenResult.NotTheOwner()
            when !caller.rights().mayOpen() -> throw new Refused("this API token does not reach the store");
            case OpenResult.NotTheOwner() -> throw new Refused("the store belongs to somebody else");
        });
    }
}
