package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// What paging owes a replica, for any sizes of pages, events and histories.
final class ReplicaLawsTest {
    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));
    private final InMemoryEventLog log = new InMemoryEventLog();

    @Property(tries = 200)
    void pages_of_any_size_in_either_direction_give_the_whole_history(
            @ForAll @IntRange(max = 60) int events,
            @ForAll @IntRange(min = 1, max = 20) int limit,
            @ForAll @IntRange(min = 1, max = 400) int maxBytes) {
        var store = filled(events);

        var forward = paged(store, Direction.FORWARD, limit, maxBytes);
        var backward = paged(store, Direction.BACKWARD, limit, maxBytes);

        assertThat(forward).isEqualTo(numbers(events));
        assertThat(backward.reversed()).isEqualTo(forward);
    }

    @Property(tries = 200)
    void a_replica_that_crashes_between_pages_of_changing_size_misses_and_doubles_nothing(
            @ForAll @IntRange(max = 60) int events,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 9) Integer> steps) {
        var store = filled(events);
        var kept = new ArrayList<Long>();

        for (int i = 0; i < 200 && kept.size() < events; i++) {
            int step = steps.get(i % steps.size());
            boolean crashed = step == 0 && i < 100;
            var page = page(store, Direction.FORWARD, kept.size(), Math.max(step, 1), Read.DEFAULT_MAX_BYTES);
            if (!crashed) {
                page.events().forEach(event -> kept.add(event.sequence().value()));
            }
        }

        assertThat(kept).isEqualTo(numbers(events));
    }

    private StoreId filled(int count) {
        var opened = LogFixture.await(
                log.open(ada, LogFixture.store(ada, UUID.randomUUID().toString())));
        var store = ((OpenResult.Opened) opened).store().id();
        var events = IntStream.range(0, count)
                .mapToObj(i -> LogFixture.event("e" + i))
                .toList();
        LogFixture.await(log.append(ada, new Append(store, Expectation.any(), events)));
        return store;
    }

    private List<Long> paged(StoreId store, Direction direction, int limit, int maxBytes) {
        var seen = new ArrayList<Long>();
        long cursor = direction == Direction.FORWARD ? 0 : Long.MAX_VALUE;
        Page page;
        do {
            page = page(store, direction, cursor, limit, maxBytes);
            page.events().forEach(event -> seen.add(event.sequence().value()));
            cursor = seen.isEmpty() ? cursor : seen.getLast();
        } while (page.more());
        return seen;
    }

    private Page page(StoreId store, Direction direction, long cursor, int limit, int maxBytes) {
        var read = new Read(store, Optional.empty(), Optional.empty(), cursor, direction, limit, maxBytes);
        return (Page) LogFixture.await(log.read(ada, read));
    }

    private static List<Long> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Long::valueOf).toList();
    }
}
