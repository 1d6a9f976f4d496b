package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.AppendResult.Assigned;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.ReadResult.GenerationChanged;
import dev.hearth.eventlog.Store;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Reads: pages of a store or a stream, both ways, in one generation.
abstract class ReadContract extends FenceContract {
    private static final StreamId OTHER = new StreamId("other");

    @Test
    void a_page_begins_after_the_cursor_and_says_whether_there_is_more() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, events("a", "b", "c"));

        var first = page(ada, Read.after(store, 0, 2));
        var second = page(ada, Read.after(store, 2, 2));

        assertThat(ids(first.events())).containsExactly("a", "b");
        assertThat(first.more()).isTrue();
        assertThat(ids(second.events())).containsExactly("c");
        assertThat(second.more()).isFalse();
    }

    @Test
    void a_page_that_ends_at_the_head_has_no_more() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, events("a", "b"));

        assertThat(page(ada, Read.after(store, 0, 2)).more()).isFalse();
    }

    @Test
    void a_page_at_or_beyond_the_head_is_empty_and_tells_the_head() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, events("a"));

        // More than once: a database plans the first few times otherwise than later.
        for (long cursor : new long[] {1, 2, Long.MAX_VALUE, 1, 2, 1, 2, 1, 2, Long.MAX_VALUE}) {
            var page = page(ada, Read.after(store, cursor, 10));
            assertThat(page).returns(List.of(), ReadResult.Page::events).returns(false, ReadResult.Page::more);
            assertThat(page.store().head()).isEqualTo(new Sequence(1));
        }
    }

    @Test
    void a_page_backward_ends_before_the_cursor_and_comes_newest_first() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, events("a", "b", "c", "d"));

        var last = page(ada, backward(store, Long.MAX_VALUE, 2));
        var middle = page(ada, backward(store, 3, 1));
        var first = page(ada, backward(store, 2, 5));

        assertThat(ids(last.events())).containsExactly("d", "c");
        assertThat(last.more()).isTrue();
        assertThat(ids(middle.events())).containsExactly("b");
        assertThat(middle.more()).isTrue();
        assertThat(ids(first.events())).containsExactly("a");
        assertThat(first.more()).isFalse();
        assertThat(page(ada, backward(store, 1, 5)).events()).isEmpty();
        assertThat(page(ada, backward(store, 0, 5)).events()).isEmpty();
    }

    @Test
    void a_stream_is_read_by_revision_both_ways() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(event("a"), event("x", OTHER), event("b"), event("y", OTHER), event("c")));

        var forward = page(ada, stream(store, NOTES, 1, Direction.FORWARD, 1));
        var backward = page(ada, stream(store, NOTES, 3, Direction.BACKWARD, 5));

        assertThat(ids(forward.events())).containsExactly("b");
        assertThat(forward.more()).isTrue();
        assertThat(ids(backward.events())).containsExactly("b", "a");
        assertThat(backward.more()).isFalse();
        assertThat(page(ada, stream(store, new StreamId("none"), 0, Direction.FORWARD, 5))
                        .events())
                .isEmpty();
    }

    @Test
    void a_page_ends_early_at_its_bytes_but_never_before_its_first_event() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(sized("a", 600), sized("b", 400), sized("c", 1), sized("d", 1)));

        assertThat(ids(bytes(ada, store, 0, 1000).events())).containsExactly("a", "b");
        assertThat(bytes(ada, store, 0, 1000).more()).isTrue();
        assertThat(ids(bytes(ada, store, 0, 999).events())).containsExactly("a");
        assertThat(ids(bytes(ada, store, 0, 1).events())).containsExactly("a");
        assertThat(ids(bytes(ada, store, 2, 2).events())).containsExactly("c", "d");
        assertThat(bytes(ada, store, 2, 2).more()).isFalse();
    }

    @Test
    void a_page_of_a_store_that_does_not_exist_is_refused() {
        assertThat(await(log().read(someone(), Read.after(new StoreId(UUID.randomUUID()), 0, 1))))
                .isEqualTo(new ReadResult.UnknownStore());
    }

    @Test
    void a_page_tells_the_store_as_it_was_when_it_was_read() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(aliased("a", 4), aliased("b", 6)));

        assertThat(page(ada, Read.after(store, 0, 1)).store()).isEqualTo(current(ada, store));
    }

    @Test
    void a_reset_begins_an_empty_history_in_the_next_generation() {
        var ada = someone();
        var store = open(ada);
        appended(ada, store.id(), List.of(aliased("a", 4)));

        var reset = await(log().reset(ada, store.id(), store.generation())).orElseThrow();

        assertThat(reset)
                .returns(store.id(), Store::id)
                .returns(new Generation(2), Store::generation)
                .returns(Sequence.ZERO, Store::head)
                .returns(Alias.ROOT, Store::headAlias);
        assertThat(current(ada, store.id())).isEqualTo(reset);
        assertThat(all(ada, store.id())).isEmpty();
    }

    @Test
    void of_two_resets_that_name_one_generation_only_the_first_has_an_effect() {
        var ada = someone();
        var store = open(ada);
        await(log().reset(ada, store.id(), store.generation()));
        appended(ada, store.id(), events("after"));

        var second = await(log().reset(ada, store.id(), store.generation()));

        assertThat(second).map(Store::generation).contains(new Generation(2));
        assertThat(ids(all(ada, store.id()))).containsExactly("after");
    }

    @Test
    void a_store_that_does_not_exist_is_not_reset() {
        assertThat(await(log().reset(someone(), new StoreId(UUID.randomUUID()), Generation.FIRST)))
                .isEmpty();
    }

    @Test
    void a_new_generation_knows_none_of_the_old_events_streams_or_aliases() {
        var ada = someone();
        var store = open(ada);
        appended(ada, store.id(), List.of(aliased("a", 4), aliased("b", 6)));
        await(log().reset(ada, store.id(), store.generation()));

        var result = appended(ada, store.id(), List.of(aliased("a", 4)));

        assertThat(result.generation()).isEqualTo(new Generation(2));
        assertThat(result.assigned()).containsExactly(new Assigned(event("a").id(), new Sequence(1), false, false));
        assertThat(all(ada, store.id()))
                .singleElement()
                .returns(new Generation(2), Event::generation)
                .returns(1L, event -> event.revision().value());
    }

    @Test
    void a_read_of_another_generation_is_told_the_current_one() {
        var ada = someone();
        var store = open(ada);
        appended(ada, store.id(), events("a"));

        assertThat(await(log().read(ada, inGeneration(store.id(), 1)))).isInstanceOf(ReadResult.Page.class);
        assertThat(await(log().read(ada, inGeneration(store.id(), 2))))
                .isEqualTo(new GenerationChanged(current(ada, store.id())));
        await(log().reset(ada, store.id(), store.generation()));
        assertThat(await(log().read(ada, inGeneration(store.id(), 1))))
                .isEqualTo(new GenerationChanged(current(ada, store.id())));
    }

    @Test
    void heads_tell_where_stores_end_and_leave_out_what_does_not_exist() {
        var ada = someone();
        var bob = someone();
        var one = open(ada);
        var two = open(bob);
        appended(ada, one.id(), events("a", "b"));
        await(log().reset(bob, two.id(), two.generation()));

        var heads = await(log().heads(List.of(one.id(), new StoreId(UUID.randomUUID()), two.id())));

        assertThat(heads)
                .containsExactlyInAnyOrder(
                        new Head(one.id(), Generation.FIRST, new Sequence(2)),
                        new Head(two.id(), new Generation(2), Sequence.ZERO));
        assertThat(await(log().heads(List.of()))).isEmpty();
    }

    private static Read backward(StoreId store, long cursor, int limit) {
        return new Read(
                store, Optional.empty(), Optional.empty(), cursor, Direction.BACKWARD, limit, Read.DEFAULT_MAX_BYTES);
    }

    private static Read stream(StoreId store, StreamId stream, long cursor, Direction direction, int limit) {
        return new Read(store, Optional.empty(), Optional.of(stream), cursor, direction, limit, Read.DEFAULT_MAX_BYTES);
    }

    private static Read inGeneration(StoreId store, long generation) {
        return new Read(
                store,
                Optional.of(new Generation(generation)),
                Optional.empty(),
                0,
                Direction.FORWARD,
                10,
                Read.DEFAULT_MAX_BYTES);
    }

    private ReadResult.Page bytes(dev.hearth.contracts.Caller caller, StoreId store, long cursor, int maxBytes) {
        return page(
                caller, new Read(store, Optional.empty(), Optional.empty(), cursor, Direction.FORWARD, 100, maxBytes));
    }

    private static dev.hearth.eventlog.NewEvent sized(String id, int bytes) {
        return event(id, NOTES, new Payload(new byte[bytes]));
    }
}
