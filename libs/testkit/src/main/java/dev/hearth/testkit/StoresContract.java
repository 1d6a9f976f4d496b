package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult.UnknownStore;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.OpenResult.NotTheOwner;
import dev.hearth.eventlog.OpenResult.Opened;
import dev.hearth.eventlog.OpenResult.TooManyStores;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Stores: made on first touch, found under their owner only.
abstract class StoresContract extends LogFixture {

    @Test
    void a_new_store_is_empty_and_in_its_first_generation() {
        var ada = someone();

        var opened =
                (Opened) await(log().open(ada, new NewStore(ada.user(), new StoreName("native", "n"), "app", true)));

        assertThat(opened.created()).isTrue();
        assertThat(opened.store())
                .returns(ada.user(), Store::owner)
                .returns(new StoreName("native", "n"), Store::name)
                .returns("app", Store::kind)
                .returns(true, Store::isPrivate)
                .returns(Generation.FIRST, Store::generation)
                .returns(Sequence.ZERO, Store::head)
                .returns(Alias.ROOT, Store::headAlias);
    }

    @Test
    void opening_a_store_again_finds_it_as_it_was_made() {
        var ada = someone();
        var first = open(ada);

        var again = (Opened) await(log().open(ada, new NewStore(ada.user(), first.name(), "other", true)));

        assertThat(again).isEqualTo(new Opened(first, false));
    }

    @Test
    void opening_a_store_many_times_at_once_makes_one() {
        var ada = someone();

        var opened = await(Uni.join()
                .all(IntStream.range(0, 20)
                        .mapToObj(_ -> log().open(ada, store(ada, "todo")))
                        .toList())
                .andFailFast());

        assertThat(opened.stream().map(result -> ((Opened) result).store().id()))
                .containsOnly(open(ada).id());
        assertThat(opened.stream().filter(result -> ((Opened) result).created()))
                .hasSize(1);
    }

    @Test
    void two_people_have_two_stores_of_one_name() {
        var ada = someone();
        var bob = someone();

        assertThat(open(ada).id()).isNotEqualTo(open(bob).id());
    }

    @Test
    void two_faces_have_two_stores_of_one_name() {
        var ada = someone();
        var other = new NewStore(ada.user(), new StoreName("livestore", "todo"), "app", false);

        assertThat(((Opened) await(log().open(ada, other))).store().id())
                .isNotEqualTo(open(ada).id());
    }

    @Test
    void a_store_is_opened_for_none_but_oneself() {
        var ada = someone();

        assertThat(await(log().open(ada, store(someone(), "todo")))).isEqualTo(new NotTheOwner());
    }

    @Test
    void an_owner_has_as_many_stores_as_allowed_and_keeps_them_then() {
        var ada = someone();
        for (int i = 0; i < limits().storesPerOwner(); i++) {
            open(ada, "store-" + i);
        }

        OpenResult oneMore = await(log().open(ada, store(ada, "one too many")));

        assertThat(oneMore).isEqualTo(new TooManyStores(limits().storesPerOwner()));
        assertThat(open(ada, "store-0").name().clientId()).isEqualTo("store-0");
    }

    @Test
    void a_store_is_found_by_its_name_and_by_its_id() {
        var ada = someone();
        var store = open(ada);

        assertThat(await(log().find(ada, store.name()))).contains(store);
        assertThat(await(log().find(ada, store.id()))).contains(store);
        assertThat(await(log().find(ada, new StoreName("native", "another")))).isEmpty();
        assertThat(await(log().find(ada, new StoreId(UUID.randomUUID())))).isEmpty();
    }

    @Test
    void anothers_store_does_not_exist() {
        var ada = someone();
        var store = open(ada);
        var bob = someone();

        assertThat(await(log().find(bob, store.name()))).isEmpty();
        assertThat(await(log().find(bob, store.id()))).isEmpty();
        assertThat(await(log().list(bob, Optional.empty(), 10))).isEmpty();
        assertThat(append(bob, store.id(), Expectation.any(), events("e"))).isEqualTo(new UnknownStore());
        assertThat(await(log().read(bob, Read.after(store.id(), 0, 10)))).isEqualTo(new ReadResult.UnknownStore());
        assertThat(await(log().reset(bob, store.id(), Generation.FIRST))).isEmpty();
        assertThat(current(ada, store.id())).isEqualTo(store);
    }

    @Test
    void a_household_shares_its_stores() {
        var household = Principal.household(UUID.randomUUID());
        var ada = member(household);
        var bob = member(household);
        var shared = new NewStore(household, new StoreName("native", "chores"), "app", false);
        var store = ((Opened) await(log().open(ada, shared))).store();

        await(log().append(bob, new Append(store.id(), Expectation.any(), events("e"))));

        assertThat(await(log().find(bob, store.name()))).map(Store::id).contains(store.id());
        assertThat(all(ada, store.id()))
                .singleElement()
                .returns(bob.user().toString(), dev.hearth.eventlog.Event::actor);
    }

    @Test
    void a_name_finds_ones_own_store_before_a_households() {
        var household = Principal.household(UUID.randomUUID());
        var ada = member(household);
        await(log().open(ada, new NewStore(household, new StoreName("native", "todo"), "app", false)));
        var own = open(ada, "todo");

        assertThat(await(log().find(ada, own.name()))).contains(own);
    }

    @Test
    void stores_are_listed_by_id_in_pages_of_any_size() {
        var ada = someone();
        var made = IntStream.range(0, 7)
                .mapToObj(i -> open(ada, "store-" + i))
                .sorted(Comparator.comparing(store -> store.id().toString()))
                .toList();

        for (int size = 1; size <= 8; size++) {
            assertThat(listedInPagesOf(size, ada)).isEqualTo(made);
        }
    }

    @Test
    void a_service_that_keeps_copies_is_told_of_stores_whoever_owns_them() {
        var adas = open(someone());
        var bobs = open(someone());

        var described = await(log().describe(List.of(adas.id(), new StoreId(UUID.randomUUID()), bobs.id())));

        assertThat(described).containsExactlyInAnyOrder(adas, bobs);
        assertThat(await(log().describe(List.of()))).isEmpty();
    }

    @Test
    void all_owners_stores_are_listed_by_id_in_pages() {
        var made = IntStream.range(0, 3).mapToObj(_ -> open(someone())).toList();

        var listed = new ArrayList<Store>();
        Optional<StoreId> after = Optional.empty();
        List<Store> page;
        while (!(page = await(log().all(after, 2))).isEmpty()) {
            listed.addAll(page);
            after = Optional.of(page.getLast().id());
        }

        assertThat(listed)
                .containsAll(made)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparing(store -> store.id().toString()));
    }

    private List<Store> listedInPagesOf(int size, Caller caller) {
        var listed = new ArrayList<Store>();
        Optional<StoreId> after = Optional.empty();
        while (true) {
            var page = await(log().list(caller, after, size));
            assertThat(page).hasSizeLessThanOrEqualTo(size);
            if (page.isEmpty()) {
                return listed;
            }
            listed.addAll(page);
            after = Optional.of(page.getLast().id());
        }
    }

    private static Caller member(Principal household) {
        var user = Principal.user(UUID.randomUUID());
        return new Caller(user, Set.of(user, household));
    }
}
