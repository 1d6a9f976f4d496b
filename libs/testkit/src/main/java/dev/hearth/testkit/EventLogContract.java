package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.UnknownStore;
import dev.hearth.eventlog.AppendResult.WrongHead;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.Read;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What every `EventLog` keeps, whatever it stands on: one test a rule, then the laws under random interleavings.
/// Extend it and say which log; override `limits()` where that log's differ.
public abstract class EventLogContract extends ErasureContract {
    private static final int WRITERS = 6;

    @RepeatedTest(3)
    void appends_in_any_interleaving_leave_no_hole_and_no_event_out_of_its_writers_order() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var ada = someone();
        var store = open(ada).id();
        var batches = IntStream.range(0, WRITERS)
                .mapToObj(writer -> batches(writer, random))
                .toList();

        var answers = await(Uni.join()
                .all(batches.stream()
                        .map(mine -> inTurn(ada, store, mine, new ArrayList<>()))
                        .toList())
                .andFailFast());

        var stored = all(ada, store);
        assertThat(stored.stream().map(event -> event.sequence().value()))
                .as("seed %d", seed)
                .isEqualTo(LongStream.rangeClosed(1, stored.size()).boxed().toList());
        assertThat(current(ada, store).head()).isEqualTo(new Sequence(stored.size()));
        revisionsHaveNoHole(stored);
        for (int writer = 0; writer < WRITERS; writer++) {
            var mine = batches.get(writer).stream()
                    .flatMap(List::stream)
                    .map(event -> event.id().value())
                    .distinct()
                    .toList();
            var prefix = "w" + writer + "-";
            assertThat(ids(stored).stream().filter(id -> id.startsWith(prefix)))
                    .as("seed %d", seed)
                    .isEqualTo(mine);
        }
        answers.stream().flatMap(List::stream).forEach(appended -> areTogether(appended, stored));
    }

    private Uni<List<Appended>> inTurn(
            Caller caller, StoreId store, List<List<NewEvent>> left, List<Appended> answered) {
        if (left.isEmpty()) {
            return Uni.createFrom().item(answered);
        }
        return log().append(caller, new Append(store, Expectation.any(), left.getFirst()))
                .flatMap(result -> {
                    answered.add((Appended) result);
                    return inTurn(caller, store, left.subList(1, left.size()), answered);
                });
    }

    private static List<List<NewEvent>> batches(int writer, Random random) {
        var batches = new ArrayList<List<NewEvent>>();
        int next = 0;
        for (int i = 0; i < 12; i++) {
            var batch = new ArrayList<NewEvent>();
            for (int size = 1 + random.nextInt(5); size > 0; size--) {
                batch.add(event("w" + writer + "-" + next++, new StreamId("s" + random.nextInt(3))));
            }
            batches.add(batch);
            if (random.nextInt(4) == 0) {
                batches.add(batch);
            }
        }
        return batches;
    }

    private static void revisionsHaveNoHole(List<Event> stored) {
        Map<StreamId, Long> last = new HashMap<>();
        for (var event : stored) {
            long revision = last.merge(event.stream(), 1L, Long::sum);
            assertThat(event.revision().value()).isEqualTo(revision);
        }
    }

    private static void areTogether(Appended appended, List<Event> stored) {
        long previous = 0;
        for (var assigned : appended.assigned()) {
            long sequence = assigned.sequence().value();
            assertThat(stored.get((int) sequence - 1).id()).isEqualTo(assigned.event());
            assertThat(previous == 0 || sequence == previous + 1).isTrue();
            previous = sequence;
        }
    }

    @Test
    void of_many_writers_at_one_head_one_wins_and_the_others_are_told_where_it_is() {
        var ada = someone();
        var store = open(ada).id();

        var results = await(Uni.join()
                .all(IntStream.range(0, 16)
                        .mapToObj(i -> log().append(
                                        ada, new Append(store, new Expectation.AtHead(Sequence.ZERO), events("e" + i))))
                        .toList())
                .andFailFast());

        assertThat(results.stream().filter(Appended.class::isInstance)).hasSize(1);
        assertThat(results.stream().filter(WrongHead.class::isInstance).map(AppendResult.class::cast))
                .hasSize(15)
                .allSatisfy(refused -> assertThat(((WrongHead) refused).head()).isEqualTo(new Sequence(1)));
        assertThat(all(ada, store)).hasSize(1);
    }

    @Test
    void an_event_sent_many_times_at_once_stands_once() {
        var ada = someone();
        var store = open(ada).id();

        var results = await(Uni.join()
                .all(IntStream.range(0, 16)
                        .mapToObj(_ -> log().append(ada, new Append(store, Expectation.any(), events("a", "b"))))
                        .toList())
                .andFailFast());

        assertThat(results)
                .allSatisfy(result -> assertThat(sequences((Appended) result)).containsExactly(1L, 2L));
        assertThat(ids(all(ada, store))).containsExactly("a", "b");
    }

    @Test
    void appends_to_many_stores_at_once_are_answered_each_for_itself() {
        var ada = someone();
        var bob = someone();
        var stores =
                IntStream.range(0, 5).mapToObj(i -> open(ada, "s" + i).id()).toList();
        var foreign = open(bob).id();
        appended(ada, stores.get(2), events("known"));
        List<Uni<AppendResult>> sent = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (StoreId store : stores) {
                sent.add(log().append(ada, new Append(store, Expectation.any(), events("a" + round, "b" + round))));
            }
            sent.add(log().append(ada, new Append(stores.get(2), Expectation.any(), events("known"))));
            sent.add(log().append(ada, new Append(foreign, Expectation.any(), events("of-ada"))));
            sent.add(log().append(bob, new Append(foreign, Expectation.any(), events("of-bob-" + round))));
        }

        var results = await(Uni.join().all(sent).andFailFast());

        assertThat(results.stream().filter(UnknownStore.class::isInstance)).hasSize(4);
        assertThat(ids(all(bob, foreign))).hasSize(4).allMatch(id -> id.startsWith("of-bob-"));
        for (int place = 0; place < results.size(); place++) {
            int kind = place % 8;
            if (kind < 6) {
                areTogether((Appended) results.get(place), all(ada, stores.get(kind == 5 ? 2 : kind)));
            }
        }
        for (StoreId store : stores) {
            var stored = all(ada, store);
            int before = store.equals(stores.get(2)) ? 1 : 0;
            assertThat(ids(stored)).hasSize(8 + before).doesNotHaveDuplicates();
            assertThat(stored.stream().map(event -> event.sequence().value()))
                    .isEqualTo(LongStream.rangeClosed(1, 8 + before).boxed().toList());
            revisionsHaveNoHole(stored);
        }
    }

    @RepeatedTest(3)
    void a_replica_ends_equal_with_any_page_sizes_and_any_crashes() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var ada = someone();
        var store = open(ada).id();
        int total = 40 + random.nextInt(40);
        for (int i = 0; i < total; i += 10) {
            int from = i;
            appended(
                    ada,
                    store,
                    IntStream.range(from, Math.min(from + 10, total))
                            .mapToObj(n -> event("e" + n))
                            .toList());
        }

        assertThat(replicate(ada, store, random)).as("seed %d", seed).isEqualTo(ids(all(ada, store)));
    }

    /// Pulls as a device does: keeps a page, then its cursor; a crash between the two gives the page again.
    private List<String> replicate(Caller caller, StoreId store, Random random) {
        var kept = new ArrayList<String>();
        var known = new HashSet<String>();
        long cursor = 0;
        while (true) {
            var page = page(caller, Read.after(store, cursor, 1 + random.nextInt(9)));
            ids(page.events()).stream().filter(known::add).forEach(kept::add);
            boolean crashed = random.nextInt(3) == 0;
            if (!crashed && !page.events().isEmpty()) {
                cursor = page.events().getLast().sequence().value();
            }
            if (!crashed && !page.more()) {
                return kept;
            }
        }
    }
}
