package dev.hearth.projection.rebuild;

import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.Store;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.view.BuildStatus.Swept;
import dev.hearth.projection.view.Builds;
import dev.hearth.projection.view.Builds.Kept;
import dev.hearth.projection.view.Projector;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Walks over all stores of the log and folds what a build has not got. Blocks: it runs on a thread of its own.
final class Sweep {
    private static final int STORES_PER_PAGE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final EventLog log;
    private final Projector<?> projector;
    private final Builds builds;
    private final int atOnce;

    Sweep(EventLog log, Projector<?> projector, Builds builds, int atOnce) {
        this.log = log;
        this.projector = projector;
        this.builds = builds;
        this.atOnce = atOnce;
    }

    Swept measure() {
        var all = Swept.NOTHING;
        Optional<StoreId> after = Optional.empty();
        List<Store> page;
        while (!(page = await(log.all(after, STORES_PER_PAGE))).isEmpty()) {
            all = all.plus(page.size(), events(page));
            after = Optional.of(page.getLast().id());
        }
        return all;
    }

    /// The sum of heads: what there is to fold.
    static long events(List<Store> stores) {
        return stores.stream().mapToLong(store -> store.head().value()).sum();
    }

    /// Compares every store's head with what the build has, and catches up those that are behind; how many they
    /// were.
    long pass(int build, boolean live) {
        long behind = 0;
        Optional<StoreId> after = Optional.empty();
        List<Store> page;
        while (!(page = await(log.all(after, STORES_PER_PAGE))).isEmpty()) {
            var heads = page.stream()
                    .map(store -> new Head(store.id(), store.generation(), store.head()))
                    .toList();
            var stores = new HashSet<>(await(builds.behind(build, heads)));
            await(catchUp(
                    page.stream().filter(store -> stores.contains(store.id())).toList(), live));
            behind += stores.size();
            after = Optional.of(page.getLast().id());
        }
        return behind;
    }

    /// Takes out what the log has closed: stores of people who are gone.
    void forgetClosed() {
        Optional<StoreId> after = Optional.empty();
        List<Kept> page;
        while (!(page = await(builds.kept(after, STORES_PER_PAGE))).isEmpty()) {
            var closed = await(log.closed(page.stream().map(Kept::store).toList()));
            for (var kept : page) {
                if (closed.contains(kept.store())) {
                    await(builds.forget(kept));
                }
            }
            after = Optional.of(page.getLast().store());
        }
    }

    void catchUpThose(Collection<StoreId> stores, boolean live) {
        await(log.describe(stores).flatMap(described -> catchUp(described, live)));
    }

    Uni<Void> catchUp(List<Store> stores, boolean live) {
        return Multi.createFrom()
                .iterable(stores)
                .onItem()
                .transformToUni(store -> projector.catchUp(StoreFacts.of(store), live, _ -> false))
                .merge(atOnce)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
