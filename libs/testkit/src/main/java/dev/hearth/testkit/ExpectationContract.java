package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.WrongHead;
import dev.hearth.eventlog.AppendResult.WrongRevision;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.Expectation.AtAlias;
import dev.hearth.eventlog.Expectation.AtHead;
import dev.hearth.eventlog.Expectation.AtRevision;
import dev.hearth.eventlog.Expectation.NoStream;
import dev.hearth.eventlog.Expectation.StreamExists;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a writer believes is checked under the store's lock; a refusal leaves nothing behind.
abstract class ExpectationContract extends TraceContract {

    @Test
    void an_append_at_the_head_follows_it() {
        var ada = someone();
        var store = open(ada).id();

        assertThat(append(ada, store, new AtHead(Sequence.ZERO), events("a"))).isInstanceOf(Appended.class);
        assertThat(append(ada, store, new AtHead(new Sequence(1)), events("b"))).isInstanceOf(Appended.class);
    }

    @Test
    void an_append_behind_the_head_is_refused() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, events("a", "b"));

        refused(ada, store, new AtHead(new Sequence(1)), wrongHead(2, 0));
    }

    @Test
    void an_append_beyond_the_head_is_refused() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, events("a", "b"));

        refused(ada, store, new AtHead(new Sequence(3)), wrongHead(2, 0));
    }

    @Test
    void a_retry_at_the_old_head_is_answered_as_the_first_time() {
        var ada = someone();
        var store = open(ada).id();
        append(ada, store, new AtHead(Sequence.ZERO), events("a", "b"));
        appended(ada, store, events("someone else's"));

        var retry = append(ada, store, new AtHead(Sequence.ZERO), events("a", "b"));

        assertThat(sequences((Appended) retry)).containsExactly(1L, 2L);
    }

    @Test
    void a_retry_that_grew_is_still_a_retry() {
        var ada = someone();
        var store = open(ada).id();
        append(ada, store, new AtHead(Sequence.ZERO), events("a", "b"));

        var grown = append(ada, store, new AtHead(Sequence.ZERO), events("a", "b", "c"));

        assertThat(sequences((Appended) grown)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_retry_that_grew_after_someone_else_appended_is_refused() {
        var ada = someone();
        var store = open(ada).id();
        append(ada, store, new AtHead(Sequence.ZERO), events("a", "b"));
        appended(ada, store, events("someone else's"));

        var grown = append(ada, store, new AtHead(Sequence.ZERO), events("a", "b", "c"));

        assertThat(grown).isEqualTo(wrongHead(3, 0));
    }

    @Test
    void known_events_that_stand_elsewhere_do_not_move_the_expectation_on() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, events("a", "b", "c"));

        assertThat(append(ada, store, new AtHead(new Sequence(2)), events("a", "d")))
                .isEqualTo(wrongHead(3, 0));
    }

    @Test
    void an_append_at_the_heads_alias_follows_it() {
        var ada = someone();
        var store = open(ada).id();

        assertThat(append(ada, store, new AtAlias(Alias.ROOT), List.of(aliased("a", 100))))
                .isInstanceOf(Appended.class);
        assertThat(append(ada, store, new AtAlias(new Alias(100)), List.of(aliased("b", 101))))
                .isInstanceOf(Appended.class);
    }

    @Test
    void an_append_at_another_alias_is_refused() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(aliased("a", 100), aliased("b", 102)));

        refused(ada, store, new AtAlias(new Alias(100)), wrongHead(2, 102));
        refused(ada, store, new AtAlias(new Alias(101)), wrongHead(2, 102));
        refused(ada, store, new AtAlias(new Alias(103)), wrongHead(2, 102));
        refused(ada, store, new AtAlias(Alias.ROOT), wrongHead(2, 102));
    }

    @Test
    void a_retry_that_grew_moves_the_expected_alias_on() {
        var ada = someone();
        var store = open(ada).id();
        append(ada, store, new AtAlias(Alias.ROOT), List.of(aliased("a", 5)));
        append(ada, store, new AtAlias(new Alias(5)), List.of(aliased("b", 9), aliased("c", 10)));

        var grown = append(
                ada, store, new AtAlias(new Alias(5)), List.of(aliased("b", 9), aliased("c", 10), aliased("d", 12)));

        assertThat(sequences((Appended) grown)).containsExactly(2L, 3L, 4L);
        assertThat(((Appended) grown).headAlias()).isEqualTo(new Alias(12));
    }

    @Test
    void a_grown_retry_at_an_alias_after_someone_else_appended_is_refused() {
        var ada = someone();
        var store = open(ada).id();
        append(ada, store, new AtAlias(Alias.ROOT), List.of(aliased("a", 1)));
        appended(ada, store, List.of(aliased("x", 2)));

        assertThat(append(ada, store, new AtAlias(Alias.ROOT), List.of(aliased("a", 1), aliased("b", 2))))
                .isEqualTo(wrongHead(2, 2));
    }

    @Test
    void a_stream_is_begun_once() {
        var ada = someone();
        var store = open(ada).id();

        assertThat(append(ada, store, new NoStream(NOTES), events("a"))).isInstanceOf(Appended.class);
        refused(ada, store, new NoStream(NOTES), wrongRevision(1, 1));
        assertThat(append(ada, store, new NoStream(new StreamId("other")), events("c")))
                .isInstanceOf(Appended.class);
    }

    @Test
    void a_stream_that_exists_is_followed_and_one_that_does_not_is_not() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(event("a", new StreamId("other"))));

        refused(ada, store, new StreamExists(NOTES), wrongRevision(1, 0));
        appended(ada, store, events("b"));
        assertThat(append(ada, store, new StreamExists(NOTES), events("c"))).isInstanceOf(Appended.class);
    }

    @Test
    void an_append_at_the_streams_revision_follows_it() {
        var ada = someone();
        var store = open(ada).id();
        appended(ada, store, List.of(event("a"), event("b", new StreamId("other"))));

        assertThat(append(ada, store, new AtRevision(NOTES, new Revision(1)), events("c")))
                .isInstanceOf(Appended.class);
        refused(ada, store, new AtRevision(NOTES, new Revision(1)), wrongRevision(3, 2));
        refused(ada, store, new AtRevision(NOTES, new Revision(3)), wrongRevision(3, 2));
    }

    @Test
    void revision_zero_is_a_stream_that_does_not_exist() {
        var ada = someone();
        var store = open(ada).id();

        assertThat(append(ada, store, new AtRevision(NOTES, new Revision(0)), events("a")))
                .isInstanceOf(Appended.class);
        refused(ada, store, new AtRevision(NOTES, new Revision(0)), wrongRevision(1, 1));
    }

    @Test
    void a_retry_that_grew_moves_the_expected_revision_on() {
        var ada = someone();
        var store = open(ada).id();
        append(ada, store, new NoStream(NOTES), events("a", "b"));
        appended(ada, store, List.of(event("elsewhere", new StreamId("other"))));

        var grown = append(ada, store, new NoStream(NOTES), events("a", "b", "c"));
        var grownAgain = append(ada, store, new AtRevision(NOTES, new Revision(2)), events("c", "d"));

        assertThat(sequences((Appended) grown)).containsExactly(1L, 2L, 4L);
        assertThat(sequences((Appended) grownAgain)).containsExactly(4L, 5L);
    }

    private void refused(Caller caller, StoreId store, Expectation expectation, AppendResult refusal) {
        var before = current(caller, store);

        assertThat(append(caller, store, expectation, events("refused"))).isEqualTo(refusal);
        assertThat(current(caller, store)).isEqualTo(before);
    }

    private static WrongHead wrongHead(long head, long alias) {
        return new WrongHead(Generation.FIRST, new Sequence(head), new Alias(alias));
    }

    private static WrongRevision wrongRevision(long head, long actual) {
        return new WrongRevision(Generation.FIRST, new Sequence(head), new Revision(actual));
    }
}
