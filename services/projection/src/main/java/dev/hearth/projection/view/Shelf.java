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

    /// Runs `work` on these stores, which are locked until it ends, in one transaction under their owners.
    /// Fails when a newer version of this code has taken the view over.
    <T> Uni<T> onStores(Set<StoreFacts> stores, Function<Opened<R>, Uni<T>> work);

    /// The same with one store.
    default <T> Uni<T> onStore(StoreFacts store, Function<OpenedStore<R>, Uni<T>> work) {
        return onStores(Set.of(store), opened -> work.apply(new OpenedStore<>(opened, store)));
    }

    /// How far the live build has come in a store of this caller's; empty when it has nothing of it.
    Uni<Optional<Checkpoint>> checkpoint(Caller caller, StoreId store);

    /// Stores, locked.
    interface Opened<R> {
        /// In the builds of this code's version: the live one first, if it is one of them.
        List<Standing> standings(StoreFacts store);

        /// Those of the rows that exist; a store without any may be absent.
        Uni<Map<StoreFacts, Map<RowKey, R>>> rows(Build build, Map<StoreFacts, Set<RowKey>> keys);

        /// Fails with `Unstorable` when the rows themselves are refused.
        Uni<Void> save(Build build, Map<StoreFacts, Folded<R>> folded);

        /// Puts what was folded again in the place of what was there: of one stream, or of the whole store.
        Uni<Void> replace(Build build, StoreFacts store, Optional<StreamId> stream, Folded<R> folded);
    }

    /// One store, locked.
    record OpenedStore<R>(Opened<R> opened, StoreFacts store) {
        List<Standing> standings() {
            return opened.standings(store);
        }

        Optional<Standing> standing(boolean live) {
            return standings().stream()
                    .filter(standing -> standing.build().live() == live)
                    .findFirst();
        }

        Uni<Void> replace(Build build, Optional<StreamId> stream, Folded<R> folded) {
            return opened.replace(build, store, stream, folded);
        }
    }
}
