package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.AppendResult.AliasNotAscending;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.Assigned;
import dev.hearth.eventlog.AppendResult.OverLimit;
import dev.hearth.eventlog.AppendResult.OverLimit.Limit;
import dev.hearth.eventlog.AppendResult.UnknownStore;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Appends: all or none, numbered without a hole, each event id once.
abstract class AppendContract extends StoresContract {

    @Test
    void events_are_numbered_from_one_without_a_hole() {
        var ada = someone();
        var store = open(ada).id();

        var first = appended(ada, store, events("a", "b"));
        var second = appended(ada, store, events("c"));

        assertThat(sequences(first)).containsExactly(1L, 2L);
        assertThat(sequences(second)).containsExactly(3L);
        assertThat(second).returns(new Sequence(3), Appended::head).returns(Generation.FIRST, Appended::generation);
        assertThat(current(ada, store).head()).isEqualTo(new Sequence(3));
    }

    @Test
    void every_stream_counts_its_own_revisions() {
        var ada = someone();
        var store = open(ada).id();
        var other = new StreamId("other");

        appended(ada, store, List.of(event("a"), event("b", other), event("c"), event("d", other)));

        assertThat(all(ada, store).stream().map(Event::revision))
                .containsExactly(new Revision(1), new Revision(1), new Revision(2), new Revision(2));
    }

    @Test
    void an_event_comes_back_with_all_that_was_said_about_it() {
        var ada = someone();
        var store = open(ada).id();
        var occurred = Instant.parse("2031-02-03T04:05:06.789Z");
        var origin =
                new Origin(Optional.of("phone"), Optional.of("tab 1"), Optional.of("request 9"), Optional.of("cause"));
        var told = new NewEvent(
                new EventId("é-1"),
                new StreamId("a stream/with ünicode 🏠"),
                "habit.kept",
                Payload.utf8("{}"),
                "application/json; charset=utf-8",
                true,
                Optional.of(new Alias(100)),
                origin,
                Optional.of(occurred),
                Map.of("scope", "s 1", "empty", ""));

        appended(ada, store, List.of(told));

        assertThat(all(ada, store))
                .singleElement()
                .returns(store, Event::store)
                .returns(told.id(), Event::id)
                .returns(told.stream(), Event::stream)
                .returns(told.type(), Event::type)
                .returns(told.payload(), Event::payload)
                .returns(told.contentType(), Event::contentType)
                .returns(true, Event::isPrivate)
                .returns(false, Event::erased)
                .returns(told.alias(), Event::alias)
                .returns(origin, Event::origin)
                .returns(Optional.of(occurred), Event::occurredAt)
                .returns(told.attributes(), Event::attributes)
                .returns(ada.user().toString(), Event::actor);
    }

    @Test
    void payloads_come_back_byte_for_byte() {
        var ada = someone();
        var store = open(ada).id();
        var anyBytes = new byte[256];
        IntStream.range(0, 256).forEach(i -> anyBytes[i] = (byte) i);
        var payloads = Stream.concat(
                        Stream.of(new Payload(anyBytes), Payload.EMPTY),
                        Stream.of(
                                        "{\"b\":1,\"a\":2,\"nested\":{\"z\":3,\"y\":4}}",
                                        "{\"b\":1, \"a\":\"\\u00e9\"}",
                                        "\"\u2028\"",
                                        "\"\\ud800\"",
                                        "1e21",
                                        "9007199254740993")
                                .map(Payload::utf8))
                .toList();

        appended(
                ada,
                store,
                IntStream.range(0, payloads.size())
                        .mapToObj(i -> event("e" + i, NOTES, payloads.get(i)))
                        .toList());

        assertThat(all(ada, store).stream().map(Event::payload)).isEqualTo(payloads);
    }

    @Test
    void a_known_event_answers_as_it_did_the_first_time() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, events("a", "b"));

        var again = appended(ada, store, events("b", "a"));

        assertThat(again.assigned())
                .containsExactly(
                        new Assigned(new EventId("b"), new Sequence(2), true, false),
                        new Assigned(new EventId("a"), new Sequence(1), true, false));
        assertThat(again.head()).isEqualTo(new Sequence(2));
        assertThat(all(ada, store)).hasSize(2);
    }

    @Test
    void known_and_new_events_may_come_together() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, events("a"));

        var both = appended(ada, store, events("b", "a", "c"));

        assertThat(both.assigned())
                .containsExactly(
                        new Assigned(new EventId("b"), new Sequence(2), false, false),
                        new Assigned(new EventId("a"), new Sequence(1), true, false),
                        new Assigned(new EventId("c"), new Sequence(3), false, false));
    }

    @Test
    void the_first_bytes_of_a_known_event_stand() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(event("a", NOTES, Payload.utf8("1"))));

        var other = appended(ada, store, List.of(event("a", NOTES, Payload.utf8("2"))));

        assertThat(other.assigned()).containsExactly(new Assigned(new EventId("a"), new Sequence(1), true, true));
        assertThat(all(ada, store)).singleElement().returns(Payload.utf8("1"), Event::payload);
    }

    @Test
    void an_id_given_twice_in_one_append_stands_once() {
        var ada = someone();
        var store = open(ada).id();

        var result = appended(ada, store, events("a", "a", "b"));

        assertThat(result.assigned())
                .containsExactly(
                        new Assigned(new EventId("a"), new Sequence(1), false, false),
                        new Assigned(new EventId("a"), new Sequence(1), true, false),
                        new Assigned(new EventId("b"), new Sequence(2), false, false));
        assertThat(ids(all(ada, store))).containsExactly("a", "b");
    }

    @Test
    void one_id_may_stand_in_two_stores() {
        var ada = someone();
        appended(ada, open(ada, "one").id(), events("a"));

        var other = appended(ada, open(ada, "two").id(), events("a"));

        assertThat(other.assigned()).containsExactly(new Assigned(new EventId("a"), new Sequence(1), false, false));
    }

    @Test
    void an_append_of_nothing_succeeds_and_changes_nothing() {
        var ada = someone();
        var store = open(ada);

        var nothing = appended(ada, store.id(), List.of());

        assertThat(nothing.assigned()).isEmpty();
        assertThat(current(ada, store.id())).isEqualTo(store);
    }

    @Test
    void nothing_is_appended_to_a_store_that_does_not_exist() {
        assertThat(append(someone(), new StoreId(UUID.randomUUID()), Expectation.any(), events("a")))
                .isEqualTo(new UnknownStore());
    }

    @Test
    void aliases_need_not_be_contiguous_and_the_last_is_the_heads() {
        var ada = someone();
        var store = open(ada).id();

        var result = appended(ada, store, List.of(aliased("a", 100), aliased("b", 20_000)));

        assertThat(result.headAlias()).isEqualTo(new Alias(20_000));
        assertThat(current(ada, store).headAlias()).isEqualTo(new Alias(20_000));
    }

    @Test
    void events_without_an_alias_leave_the_heads_alias() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(aliased("a", 7)));

        assertThat(appended(ada, store, events("b")).headAlias()).isEqualTo(new Alias(7));
    }

    @Test
    void an_alias_at_the_heads_is_refused_and_nothing_is_appended() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(aliased("a", 7)));

        var refused = append(ada, store, Expectation.any(), List.of(event("b"), aliased("c", 7)));

        assertThat(refused).isEqualTo(new AliasNotAscending(new EventId("c"), new Alias(7)));
        assertThat(all(ada, store)).hasSize(1);
    }

    @Test
    void an_alias_below_the_one_before_it_is_refused_and_nothing_is_appended() {
        var ada = someone();
        var store = open(ada).id();

        var refused = append(ada, store, Expectation.any(), List.of(aliased("a", 2), aliased("b", 1)));

        assertThat(refused).isEqualTo(new AliasNotAscending(new EventId("b"), new Alias(2)));
        assertThat(all(ada, store)).isEmpty();
    }

    @Test
    void a_known_events_alias_does_not_count_again() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(aliased("a", 1), aliased("b", 2)));

        assertThat(sequences(appended(ada, store, List.of(aliased("a", 1), aliased("c", 3)))))
                .containsExactly(1L, 3L);
    }

    @Test
    void an_append_may_carry_as_many_events_as_allowed_and_not_one_more() {
        var ada = someone();
        var store = open(ada).id();
        int allowed = limits().eventsPerAppend();
        var most = IntStream.range(0, allowed).mapToObj(i -> event("e" + i)).toList();
        var tooMany = Stream.concat(Stream.of(event("first")), most.stream()).toList();

        assertThat(append(ada, store, Expectation.any(), tooMany))
                .isEqualTo(new OverLimit(Limit.EVENTS_PER_APPEND, allowed, allowed + 1));
        assertThat(all(ada, store)).isEmpty();
        assertThat(appended(ada, store, most).head()).isEqualTo(new Sequence(allowed));
    }

    @Test
    void an_event_may_be_as_large_as_allowed_and_not_one_byte_more() {
        var ada = someone();
        var store = open(ada).id();
        int allowed = limits().eventBytes();

        assertThat(append(ada, store, Expectation.any(), List.of(event("a"), sized("b", allowed + 1))))
                .isEqualTo(new OverLimit(Limit.EVENT_BYTES, allowed, allowed + 1));
        assertThat(all(ada, store)).isEmpty();
        assertThat(appended(ada, store, List.of(sized("b", allowed))).head()).isEqualTo(new Sequence(1));
    }

    @Test
    void an_append_may_be_as_large_as_allowed_and_not_one_byte_more() {
        var ada = someone();
        var store = open(ada).id();
        int allowed = limits().appendBytes();
        int part = Math.min(limits().eventBytes(), allowed / 2);
        var parts = IntStream.range(0, allowed / part).mapToObj(i -> sized("e" + i, part));
        var most =
                Stream.concat(parts, Stream.of(sized("rest", allowed % part))).toList();
        var tooMuch = Stream.concat(most.stream(), Stream.of(sized("x", 1))).toList();

        assertThat(append(ada, store, Expectation.any(), tooMuch))
                .isEqualTo(new OverLimit(Limit.APPEND_BYTES, allowed, allowed + 1L));
        assertThat(all(ada, store)).isEmpty();
        assertThat(appended(ada, store, most).head()).isEqualTo(new Sequence(most.size()));
    }

    private static NewEvent sized(String id, int bytes) {
        return event(id, NOTES, new Payload(new byte[bytes]));
    }
}
