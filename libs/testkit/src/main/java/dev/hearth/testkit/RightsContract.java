package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a credential that may not do everything gets of the log, though its owner could.
abstract class RightsContract extends ReadContract {

    @Test
    void who_may_only_read_reads_and_changes_nothing() {
        var ada = someone();
        var store = open(ada);
        appended(ada, store.id(), events("a"));
        var reader = with(ada, new Rights(true, false, Optional.empty()));

        assertThat(ids(all(reader, store.id()))).containsExactly("a");
        assertThat(await(log().open(reader, store(ada, "todo"))))
                .isEqualTo(new OpenResult.Opened(current(ada, store.id()), false));
        assertThat(append(reader, store.id(), Expectation.any(), events("b")))
                .isInstanceOf(AppendResult.UnknownStore.class);
        assertThat(await(log().reset(reader, store.id(), Generation.FIRST))).isEmpty();
        assertThat(await(log().open(reader, store(ada, "new")))).isInstanceOf(OpenResult.NotTheOwner.class);
        assertThat(ids(all(ada, store.id()))).containsExactly("a");
        assertThat(await(log().list(ada, Optional.empty(), 10))).hasSize(1);
    }

    @Test
    void who_may_only_write_writes_and_reads_nothing() {
        var ada = someone();
        var store = open(ada);
        var writer = with(ada, new Rights(false, true, Optional.empty()));

        appended(writer, store.id(), events("a"));

        assertThat(await(log().find(writer, store.id()))).isPresent();
        assertThat(await(log().read(writer, Read.after(store.id(), 0, 10))))
                .isInstanceOf(ReadResult.UnknownStore.class);
        assertThat(ids(all(ada, store.id()))).containsExactly("a");
    }

    @Test
    void a_credential_for_some_stores_finds_no_others() {
        var ada = someone();
        var one = open(ada, "one");
        var two = open(ada, "two");
        appended(ada, two.id(), events("secret"));
        var narrow = only(ada, one);

        appended(narrow, one.id(), events("a"));
        assertThat(ids(all(narrow, one.id()))).containsExactly("a");
        assertThat(await(log().find(narrow, two.id()))).isEmpty();
        assertThat(await(log().find(narrow, two.name()))).isEmpty();
        assertThat(await(log().read(narrow, Read.after(two.id(), 0, 10)))).isInstanceOf(ReadResult.UnknownStore.class);
        assertThat(append(narrow, two.id(), Expectation.any(), events("b")))
                .isInstanceOf(AppendResult.UnknownStore.class);
        assertThat(await(log().reset(narrow, two.id(), two.generation()))).isEmpty();
        assertThat(await(log().open(narrow, store(ada, "two")))).isInstanceOf(OpenResult.NotTheOwner.class);
        assertThat(await(log().open(narrow, store(ada, "three")))).isInstanceOf(OpenResult.NotTheOwner.class);
        assertThat(ids(all(ada, two.id()))).containsExactly("secret");
    }

    @Test
    void a_credential_for_some_stores_lists_those_page_by_page() {
        var ada = someone();
        var one = open(ada, "one");
        open(ada, "two");
        var three = open(ada, "three");
        var narrow = only(ada, one, three);

        var first = await(log().list(narrow, Optional.empty(), 1));
        var second = await(log().list(narrow, Optional.of(first.getFirst().id()), 1));
        var third = await(log().list(narrow, Optional.of(second.getFirst().id()), 1));

        assertThat(Set.of(first.getFirst().id(), second.getFirst().id()))
                .containsExactlyInAnyOrder(one.id(), three.id());
        assertThat(first.getFirst().id().toString())
                .isLessThan(second.getFirst().id().toString());
        assertThat(third).isEmpty();
    }

    @Test
    void a_credential_that_names_somebody_elses_store_does_not_reach_it() {
        var ada = someone();
        var bens = open(someone());

        var narrow = only(ada, bens);

        assertThat(await(log().find(narrow, bens.id()))).isEmpty();
        assertThat(await(log().list(narrow, Optional.empty(), 10))).isEmpty();
        assertThat(append(narrow, bens.id(), Expectation.any(), events("b")))
                .isInstanceOf(AppendResult.UnknownStore.class);
    }

    @Test
    void a_credential_for_no_store_at_all_lists_none() {
        var ada = someone();
        open(ada);

        assertThat(await(log().list(only(ada), Optional.empty(), 10))).isEmpty();
        assertThat(await(log().find(only(ada), new StoreId(UUID.randomUUID())))).isEmpty();
    }

    private static Caller only(Caller caller, Store... stores) {
        var some = Arrays.stream(stores).map(Store::id).collect(Collectors.toSet());
        return with(caller, new Rights(true, true, Optional.of(some)));
    }

    private static Caller with(Caller caller, Rights rights) {
        return new Caller(caller.user(), caller.principals(), rights);
    }
}
