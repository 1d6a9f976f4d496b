package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreErasure;
import dev.hearth.eventlog.StoreName;
import dev.hearth.eventlog.StoreNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What becomes of somebody's stores when they are gone, and of everybody else's.
abstract class ErasureContract extends NamesContract {
    private static final int MOST_STEPS = 50;

    /// Of the log under test.
    protected abstract StoreErasure erasure();

    @Test
    void a_closed_store_looks_as_missing_in_every_answer() {
        var ada = someone();
        var store = open(ada);
        appended(ada, store.id(), events("a", "b", "c"));

        erase(ada.user());

        assertThat(await(log().find(ada, store.id()))).isEmpty();
        assertThat(await(log().find(ada, store.name()))).isEmpty();
        assertThat(await(log().list(ada, Optional.empty(), 10))).isEmpty();
        assertThat(await(log().read(ada, Read.after(store.id(), 0, 10)))).isEqualTo(new ReadResult.UnknownStore());
        assertThat(append(ada, store.id(), Expectation.any(), events("d"))).isEqualTo(new AppendResult.UnknownStore());
        assertThat(await(log().reset(ada, store.id(), store.generation()))).isEmpty();
        assertThat(await(log().heads(List.of(store.id())))).isEmpty();
        assertThat(await(log().describe(List.of(store.id())))).isEmpty();
    }

    @Test
    void a_copy_is_told_which_stores_were_closed() {
        var ada = someone();
        var gone = open(ada).id();
        var kept = open(someone()).id();
        var never = new StoreId(UUID.randomUUID());

        erase(ada.user());

        assertThat(await(log().closed(List.of(gone, kept, never)))).isEqualTo(Set.of(gone));
    }

    @Test
    void others_keep_what_they_have() {
        var ada = someone();
        var ben = someone();
        open(ada);
        var bens = open(ben);
        appended(ben, bens.id(), events("a"));

        erase(ada.user());

        assertThat(ids(all(ben, bens.id()))).containsExactly("a");
    }

    @Test
    void a_households_store_stays_when_a_member_goes_and_goes_with_the_household() {
        var household = Principal.household(UUID.randomUUID());
        var ada = Principal.user(UUID.randomUUID());
        var member = new Caller(ada, Set.of(ada, household));
        var shared = shared(member, household);
        var name = new StoreName("native", "groceries");
        await(((StoreNames) log()).name(member, name, shared.id()));

        erase(ada);

        assertThat(await(log().find(member, shared.id()))).contains(shared);
        assertThat(await(((StoreNames) log()).named(member, name))).isEmpty();

        erase(household);

        assertThat(await(log().find(member, shared.id()))).isEmpty();
    }

    @Test
    void all_names_that_somebody_gave_are_told() {
        var household = Principal.household(UUID.randomUUID());
        var ada = Principal.user(UUID.randomUUID());
        var member = new Caller(ada, Set.of(ada, household));
        var shared = shared(member, household);
        await(((StoreNames) log()).name(member, new StoreName("native", "b"), shared.id()));
        await(((StoreNames) log()).name(member, new StoreName("native", "a"), shared.id()));

        assertThat(await(((StoreNames) log()).given(member)))
                .extracting(given -> given.name().clientId())
                .containsExactly("a", "b");
        assertThat(await(((StoreNames) log()).given(someone()))).isEmpty();
    }

    @Test
    void erasing_again_changes_nothing_and_a_name_is_free() {
        var ada = someone();
        var gone = open(ada).id();
        erase(ada.user());

        erase(ada.user());

        assertThat(open(ada).id()).isNotEqualTo(gone);
    }

    private Store shared(Caller member, Principal household) {
        var wanted = new NewStore(household, new StoreName("native", "shared"), "app", false);
        return ((OpenResult.Opened) await(log().open(member, wanted))).store();
    }

    private void erase(Principal owner) {
        for (int step = 0; step < MOST_STEPS; step++) {
            if (await(erasure().erase(owner))) {
                return;
            }
        }
        throw new AssertionError("erasing does not end");
    }
}
