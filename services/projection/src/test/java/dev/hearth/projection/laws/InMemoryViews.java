package dev.hearth.projection.laws;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Head;
import dev.hearth.projection.fold.Build;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Folded;
import dev.hearth.projection.fold.Parked;
import dev.hearth.projection.fold.RowKey;
import dev.hearth.projection.fold.Standing;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View.Unit;
import dev.hearth.projection.view.BuildStatus;
import dev.hearth.projection.view.BuildStatus.Swept;
import dev.hearth.projection.view.Builds;
import dev.hearth.projection.view.Shelf;
import dev.hearth.projection.view.Unstorable;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/// Tables in memory: a transaction is kept whole or not at all. Each step first asks `Steps`, which may fail
/// it, or let something else happen between two transactions.
final class InMemoryViews implements Shelf<String>, Builds {
    /// What is asked before each step.
    interface Steps {
        void step();

        void betweenTransactions();
    }

    record Kept(Checkpoint checkpoint, Map<RowKey, String> rows, List<Parked> parked) {
        static final Kept NOTHING = new Kept(Checkpoint.START, Map.of(), List.of());
    }

    private final Map<Integer, BuildStatus> builds = new TreeMap<>();
    private final Map<Integer, Map<StoreId, Kept>> kept = new HashMap<>();
    private final Map<StoreId, Principal> owners = new TreeMap<>(Comparator.comparing(StoreId::toString));
    private final IntSupplier version;
    private final Steps steps;
    private int lastNumber;

    InMemoryViews(IntSupplier version, Steps steps) {
        this.version = version;
        this.steps = steps;
    }

    Map<Integer, BuildStatus> builds() {
        return builds;
    }

    Kept kept(int build, StoreId store) {
        return kept.getOrDefault(build, Map.of()).getOrDefault(store, Kept.NOTHING);
    }

    @Override
    public <T> Uni<T> onStores(Set<StoreFacts> stores, Function<Opened<String>, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            steps.betweenTransactions();
            steps.step();
            var latest = builds.values().stream().reduce((_, later) -> later);
            if (latest.isPresent() && latest.get().version() > version.getAsInt()) {
                return Uni.createFrom().failure(new IllegalStateException("newer code has the view"));
            }
            stores.forEach(store -> owners.put(store.id(), store.owner()));
            var changed = new HashMap<Place, Kept>();
            return work.apply(new OpenedInMemory(stores, changed)).invoke(() -> {
                steps.step();
                changed.forEach((place, content) -> kept.computeIfAbsent(place.build(), _ -> new HashMap<>())
                        .put(place.store(), content));
            });
        });
    }

    private record Place(int build, StoreId store) {}

    private final class OpenedInMemory implements Opened<String> {
        private final Set<StoreFacts> stores;
        private final Map<Place, Kept> changed;

        OpenedInMemory(Set<StoreFacts> stores, Map<Place, Kept> changed) {
            this.stores = stores;
            this.changed = changed;
        }

        private Kept now(Build build, StoreFacts store) {
            if (!stores.contains(store)) {
                throw new IllegalArgumentException("this store is not open");
            }
            return changed.getOrDefault(new Place(build.number(), store.id()), kept(build.number(), store.id()));
        }

        @Override
        public List<Standing> standings(StoreFacts store) {
            return builds.values().stream()
                    .filter(build -> build.version() == version.getAsInt())
                    .sorted(Comparator.comparing(BuildStatus::live).reversed())
                    .map(status -> new Build(status.number(), status.live()))
                    .map(build -> new Standing(
                            build,
                            now(build, store).checkpoint(),
                            now(build, store).parked().stream()
                                    .map(Parked::stream)
                                    .collect(Collectors.toSet())))
                    .toList();
        }

        @Override
        public Uni<Map<StoreFacts, Map<RowKey, String>>> rows(Build build, Map<StoreFacts, Set<RowKey>> keys) {
            return step(() -> keys.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, wanted -> rows(build, wanted))));
        }

        private Map<RowKey, String> rows(Build build, Map.Entry<StoreFacts, Set<RowKey>> wanted) {
            return now(build, wanted.getKey()).rows().entrySet().stream()
                    .filter(row -> wanted.getValue().contains(row.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        @Override
        public Uni<Void> save(Build build, Map<StoreFacts, Folded<String>> folded) {
            return step(() -> {
                folded.forEach((store, result) -> put(
                        build,
                        store,
                        result.dropped() ? Kept.NOTHING : now(build, store),
                        result,
                        result.checkpoint()));
                return null;
            });
        }

        @Override
        public Uni<Void> replace(Build build, StoreFacts store, Optional<StreamId> stream, Folded<String> folded) {
            return step(() -> {
                var now = now(build, store);
                var rows = new HashMap<>(now.rows());
                var parked = new ArrayList<>(now.parked());
                rows.keySet()
                        .removeIf(key -> stream.map(name -> key.equals(RowKey.of(Unit.STREAM, name)))
                                .orElse(true));
                parked.removeIf(
                        event -> stream.map(name -> event.stream().equals(name)).orElse(true));
                put(build, store, new Kept(now.checkpoint(), rows, parked), folded, now.checkpoint());
                return null;
            });
        }

        private void put(Build build, StoreFacts store, Kept before, Folded<String> folded, Checkpoint checkpoint) {
            if (folded.rows().values().stream().anyMatch(row -> row.contains(Told.UNSTORABLE))) {
                throw new Unstorable(new IllegalStateException("refused"));
            }
            var rows = new HashMap<>(before.rows());
            rows.putAll(folded.rows());
            var parked = new ArrayList<>(before.parked());
            parked.addAll(folded.parked());
            changed.put(new Place(build.number(), store.id()), new Kept(checkpoint, rows, parked));
        }
    }

    @Override
    public Uni<Optional<Checkpoint>> checkpoint(Caller caller, StoreId store) {
        return Uni.createFrom()
                .item(() -> live().map(build -> kept(build.number(), store).checkpoint()));
    }

    private Optional<BuildStatus> live() {
        return builds.values().stream().filter(BuildStatus::live).findFirst();
    }

    @Override
    public Uni<List<BuildStatus>> current() {
        return step(() -> List.copyOf(builds.values()));
    }

    @Override
    public Uni<Void> begin(int wanted, boolean anew) {
        return step(() -> {
            if (builds.values().stream().noneMatch(build -> build.version() >= wanted && (!build.live() || !anew))) {
                builds.values().removeIf(build -> !build.live());
                builds.put(++lastNumber, status(lastNumber, wanted, false, Optional.empty(), Swept.NOTHING));
            }
            return null;
        });
    }

    private static BuildStatus status(int number, int version, boolean live, Optional<StoreId> sweptTo, Swept swept) {
        return new BuildStatus(
                number, version, live, sweptTo, swept, Optional.empty(), Instant.EPOCH, Optional.empty());
    }

    @Override
    public Uni<Optional<Part>> sweep(int wanted, Function<BuildStatus, Uni<Part>> part) {
        return Uni.createFrom().deferred(() -> {
            steps.step();
            var making = builds.values().stream()
                    .filter(build -> !build.live() && build.version() == wanted)
                    .findFirst();
            return making.map(build -> part.apply(build).map(done -> {
                        steps.step();
                        builds.computeIfPresent(
                                build.number(),
                                (number, now) -> status(number, wanted, now.live(), done.sweptTo(), done.swept()));
                        return Optional.of(done);
                    }))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
        });
    }

    @Override
    public Uni<Void> measured(int build, Swept all) {
        return step(() -> null);
    }

    @Override
    public Uni<List<StoreId>> behind(int build, List<Head> heads) {
        return step(() -> heads.stream()
                .filter(head ->
                        !kept(build, head.store()).checkpoint().reaches(new Checkpoint(head.generation(), head.head())))
                .map(Head::store)
                .toList());
    }

    @Override
    public Uni<List<StoreId>> behindLive(int build, int limit) {
        return step(() -> knownBetterLive(build).stream().limit(limit).toList());
    }

    private List<StoreId> knownBetterLive(int build) {
        return live().map(live -> kept.getOrDefault(live.number(), Map.of()).entrySet().stream()
                        .filter(store -> !kept(build, store.getKey())
                                .checkpoint()
                                .reaches(store.getValue().checkpoint()))
                        .map(Map.Entry::getKey)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public Uni<Boolean> makeLive(int build) {
        steps.betweenTransactions();
        return step(() -> {
            if (!knownBetterLive(build).isEmpty()) {
                return false;
            }
            var made = builds.get(build);
            if (made != null && !made.live()) {
                builds.values().removeIf(BuildStatus::live);
                builds.put(build, status(build, made.version(), true, made.sweptTo(), made.swept()));
            }
            return true;
        });
    }

    @Override
    public Uni<List<Builds.Kept>> kept(Optional<StoreId> after, int limit) {
        return step(() -> owners.entrySet().stream()
                .filter(store -> after.isEmpty()
                        || store.getKey().toString().compareTo(after.get().toString()) > 0)
                .limit(limit)
                .map(store -> new Builds.Kept(store.getKey(), store.getValue()))
                .toList());
    }

    @Override
    public Uni<Void> forget(Builds.Kept store) {
        return step(() -> {
                    owners.remove(store.store());
                    kept.values().forEach(stores -> stores.remove(store.store()));
                    return true;
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> dropRetired(int limit) {
        return step(() -> kept.keySet().removeIf(build -> !builds.containsKey(build)));
    }

    private <T> Uni<T> step(java.util.function.Supplier<T> work) {
        return Uni.createFrom().item(() -> {
            steps.step();
            return work.get();
        });
    }
}
