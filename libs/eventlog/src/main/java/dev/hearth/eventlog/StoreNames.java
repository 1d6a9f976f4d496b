package dev.hearth.eventlog;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.StoreId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/// Names that people give to stores which are not their own: a household's. Whoever asks the log for a store by such a
/// name gets that store, and nothing when they do not reach it any more: never another one of that name.
public interface StoreNames {

    /// From now on the caller finds this store by this name, and no longer what it stood for before.
    Uni<NamingResult> name(Caller caller, StoreName name, StoreId store);

    /// What a name stands for that the caller gave, whether they still reach it or not.
    Uni<Optional<StoreId>> named(Caller caller, StoreName name);

    /// All names that the caller gave.
    Uni<List<GivenName>> given(Caller caller);

    /// Takes a name back; false when the caller gave none.
    Uni<Boolean> forget(Caller caller, StoreName name);
}
