package dev.hearth.sync.nativeface;

import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.StoreName;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a name is to stand for: a store by its id, or a household's store of that very name, which is made if there is
/// none. One of the two.
public record NameStore(
        @Schema(description = "A store that you reach") @Nullable
        UUID store,

        @Schema(description = "A household that you are a member of; its store of this name is found or made") @Nullable
        UUID household) {
    private static final String KIND = "app";

    /// The store that is meant, or the one to find or make.
    sealed interface Wish {
        record Known(StoreId store) implements Wish {}

        record OfHousehold(NewStore store) implements Wish {}
    }

    Wish wish(StoreName name) {
        if (store != null && household == null) {
            return new Wish.Known(new StoreId(store));
        }
        if (household != null && store == null) {
            return new Wish.OfHousehold(new NewStore(Principal.household(household), name, KIND, false));
        }
        throw Texts.refused("Send \"store\" or \"household\", one of them.");
    }
}
