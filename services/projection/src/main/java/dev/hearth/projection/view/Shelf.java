package dev.hearth.projection.view;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.projection.fold.Build;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Folded;
import dev.hearth.projection.fold.RowKey;
import dev.hearth.projection.fold.Standing;
import dev.hearth.projection.fold.StoreFacts;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Where one view's rows and checkpoints are kept.
public interface Shelf<R> {

    /// Runs `work` on one store, which is locked until it ends, in one transaction under the store's owner.
    /// Fails when a newer version of this code has taken the view over.
    <T> Uni<T> onStore(StoreFacts store, Function<Opened<R>, Uni<T>> work);

    /// How far the live build has come in a store of this caller's; empty when it has nothing of it.
    Uni<Optional<Checkpoint>> checkpoint(Caller caller, StoreId store);

    /// One store, locked.
    interface Opened<R> {
        /// In the builds of this code's version: the live one first, if it is one of them.
        List<Standing> standings();

        Uni<Map<RowKey, R>> rows(Build build, Set<RowKey> keys);

        /// Fails with `Unstorable` when the rows themselves are refused.
        Uni<Void> save(Build build, Folded<R> folded);

        /// Puts what was folded again in the place of what was there: of one stream, or of the whole store.
        Uni<Void> replace(Build build, Optional<StreamId> stream, Folded<R> folded);

        default Optional<Standing> standing(boolean live) {
            return standings().stream()
                    .filter(standing -> standing.build().live() == live)
                    .findFirst();
        }
    }
}
