package dev.hearth.projection.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Parked;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View.Unit;
import dev.hearth.projection.rebuild.Rebuild;
import dev.hearth.projection.view.Projector;
import dev.hearth.projection.view.Refold;
import dev.hearth.testkit.InMemoryEventLog;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A log, its copy in Kafka and a view, driven by a script of numbers: each number is something that happens.
/// Processes have no memory here, so one that ends between two steps and one that is started are the same.
final class World implements InMemoryViews.Steps {
    private static final int STORES = 3;
    private static final List<String> STREAMS = List.of("a", "b", "c");

    private static final class Crashed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Unit unit;
    private final InMemoryEventLog log = new InMemoryEventLog();
    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));
    private final List<StoreFacts> stores =
            IntStream.range(0, STORES).mapToObj(this::open).toList();
    /// All that was ever published, per store, in order; and how far it was delivered.
    private final Map<StoreId, List<Event>> published = new HashMap<>();
    private final Map<StoreId, Integer> delivered = new HashMap<>();
    private final Deque<Integer> meanwhile = new ArrayDeque<>();
    private final InMemoryViews views = new InMemoryViews(() -> version(), this);
    private Told view;
    private int stepsLeft = -1;
    private boolean nested;

    World(Unit unit) {
        this.unit = unit;
        this.view = new Told(1, unit, false);
    }

    private int version() {
        return view.version();
    }

    void run(List<Integer> script) {
        meanwhile.addAll(script);
        while (!meanwhile.isEmpty()) {
            happens(meanwhile.poll());
            everythingIsTheFoldOfWhatItSaysItIs();
        }
    }

    /// No more trouble: whatever is left to do is done, and nobody tells of it twice.
    void settle() {
        meanwhile.clear();
        stepsLeft = -1;
        rebuild().round();
        rebuild().reconcile();
    }

    private void happens(int number) {
        var store = stores.get(number / 10 % STORES);
        int size = number / 30 % 7;
        try {
            switch (number % 10) {
                case 0, 1, 2 -> append(store, size + 1, number);
                case 3 -> deliver(store, delivered.getOrDefault(store.id(), 0), size + 1);
                case 4 -> deliverTogether(number / 10);
                case 5 -> deliver(store, Math.max(0, delivered.getOrDefault(store.id(), 0) - size), 3 + size);
                case 6 -> deliver(store, delivered.getOrDefault(store.id(), 0) + size, 2);
                case 7 -> stepsLeft = number / 10 % 40;
                case 8 -> rebuild().round();
                default -> rarely(store, size);
            }
        } catch (Crashed ended) {
            stepsLeft = -1;
        }
    }

    private void rarely(StoreFacts store, int which) {
        switch (which) {
            case 0 -> reset(store);
            case 1 -> views.begin(version(), true).await().indefinitely();
            case 2 -> view = new Told(version() + 1, unit, false);
            case 3 -> rebuild().reconcile();
            case 4 -> redrive();
            case 5 -> views.dropRetired(1).await().indefinitely();
            default -> projector().catchUp(store, true, _ -> false).await().indefinitely();
        }
    }

    @Override
    public void step() {
        if (stepsLeft == 0) {
            throw new Crashed();
        }
        stepsLeft -= stepsLeft > 0 ? 1 : 0;
    }

    @Override
    public void betweenTransactions() {
        if (!nested && !meanwhile.isEmpty() && meanwhile.peek() % 3 == 0) {
            nested = true;
            try {
                var next = meanwhile.poll();
                // Code is not replaced under a process that runs it.
                if (next % 10 < 7) {
                    happens(next);
                }
            } finally {
                nested = false;
            }
        }
    }

    void heal() {
        view = new Told(version(), unit, true);
    }

    void redrive() {
        var refold = new Refold<>(view, views, log, 3);
        for (var store : stores) {
            projector().catchUp(store, true, _ -> false).await().indefinitely();
            try {
                refold.redrive(store).await().indefinitely();
            } catch (dev.hearth.projection.view.Unstorable stillRefused) {
                assertThat(view.healed()).isFalse();
            }
        }
    }

    private Projector<String> projector() {
        return new Projector<>(view, views, log, 4);
    }

    private Rebuild rebuild() {
        return new Rebuild(log, views, projector(), version(), 1, 1, () -> false);
    }

    private StoreFacts open(int number) {
        var wish = new NewStore(ada.user(), new StoreName("native", "s" + number), "app", false);
        return StoreFacts.of(((OpenResult.Opened) now(log.open(ada, wish))).store());
    }

    private void append(StoreFacts store, int count, int seed) {
        var events = IntStream.range(0, count)
                .mapToObj(i -> event(STREAMS.get((seed / 7 + i) % 3), text(seed / 11 + i)))
                .toList();
        now(log.append(ada, new Append(store.id(), Expectation.any(), events)));
        var before = published.computeIfAbsent(store.id(), _ -> new ArrayList<>());
        var page = (ReadResult.Page) now(log.read(ada, Read.after(store.id(), 0, 10_000)));
        before.addAll(page.events().stream()
                .filter(event ->
                        before.isEmpty() || !Checkpoint.at(before.getLast()).reaches(Checkpoint.at(event)))
                .toList());
    }

    private static String text(int number) {
        return number % 13 == 0 ? Told.POISON : number % 17 == 0 ? Told.UNSTORABLE : "x" + number % 5;
    }

    private static NewEvent event(String stream, String text) {
        return new NewEvent(
                new EventId(UUID.randomUUID().toString()),
                new StreamId(stream),
                "told",
                Payload.utf8(text),
                "text/plain",
                false,
                Optional.empty(),
                Origin.UNKNOWN,
                Optional.empty(),
                Map.of());
    }

    private void reset(StoreFacts store) {
        var generation = now(log.find(ada, store.id())).orElseThrow().generation();
        now(log.reset(ada, store.id(), generation));
    }

    private void deliver(StoreFacts store, int from, int count) {
        deliver(Map.of(store, from), count);
    }

    /// From each store what is next, or a bit again, or what comes after that.
    private void deliverTogether(int seed) {
        var from = new HashMap<StoreFacts, Integer>();
        for (var store : stores) {
            from.put(store, Math.max(0, delivered.getOrDefault(store.id(), 0) + (seed + from.size()) % 4 - 1));
        }
        deliver(from, seed % 7 + 1);
    }

    private void deliver(Map<StoreFacts, Integer> from, int count) {
        var runs = new HashMap<StoreFacts, List<Event>>();
        from.forEach((store, begin) -> {
            var all = published.getOrDefault(store.id(), List.of());
            if (begin < all.size()) {
                runs.put(store, List.copyOf(all.subList(begin, Math.min(all.size(), begin + count))));
            }
        });
        if (runs.isEmpty()) {
            return;
        }
        projector().apply(runs).await().indefinitely();
        // What follows the effect: the committed offset. A crash before this line is a redelivery.
        step();
        runs.forEach((store, run) -> delivered.merge(store.id(), from.get(store) + run.size(), Math::max));
    }

    /// In every build, at every moment: rows and parked events are what the events up to the checkpoint make.
    private void everythingIsTheFoldOfWhatItSaysItIs() {
        for (var build : views.builds().values()) {
            for (var store : stores) {
                var kept = views.kept(build.number(), store.id());
                var events = published.getOrDefault(store.id(), List.of()).stream()
                        .filter(event ->
                                event.generation().equals(kept.checkpoint().generation()))
                        .filter(event -> kept.checkpoint().reaches(Checkpoint.at(event)))
                        .toList();
                same(new Told(build.version(), unit, view.healed()), store, kept, events);
            }
        }
    }

    /// What queries see is the whole log, folded once.
    void theLiveBuildIsTheFoldOfTheLog() {
        var live = views.builds().values().stream()
                .filter(build -> build.live())
                .findFirst()
                .orElseThrow();
        for (var store : stores) {
            var page = (ReadResult.Page) now(log.read(ada, Read.after(store.id(), 0, 10_000)));
            Store end = page.store();
            var kept = views.kept(live.number(), store.id());
            assertThat(kept.checkpoint()).isEqualTo(new Checkpoint(end.generation(), end.head()));
            same(view, store, kept, page.events());
        }
    }

    private static void same(Told view, StoreFacts store, InMemoryViews.Kept kept, List<Event> events) {
        var expected = view.of(store, events);
        assertThat(kept.rows()).isEqualTo(expected.rows());
        assertThat(kept.parked().stream()
                        .map(Parked::at)
                        .map(at -> at.sequence().value())
                        .collect(Collectors.toList()))
                .containsExactlyInAnyOrderElementsOf(expected.parked());
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
