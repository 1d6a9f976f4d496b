package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.NamingResult;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.eventlog.StoreNames;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Names that people give to stores of their households. The log under test keeps these, too.
abstract class NamesContract extends RightsContract {
    private static final StoreName GROCERIES = new StoreName("native", "groceries");

    private final Principal household = Principal.household(UUID.randomUUID());
    private final Caller ben = member(Principal.user(UUID.randomUUID()));

    @Test
    void a_households_store_is_found_by_the_name_that_a_member_gave_it() {
        var shared = shared();

        assertThat(await(names().name(ben, GROCERIES, shared.id()))).isEqualTo(new NamingResult.Named(shared));

        assertThat(await(log().find(ben, GROCERIES))).contains(shared);
        assertThat(opened(ben, "groceries")).isEqualTo(new OpenResult.Opened(shared, false));
        assertThat(await(names().named(ben, GROCERIES))).contains(shared.id());
    }

    @Test
    void a_name_is_its_givers_alone() {
        var shared = shared();
        var ada = member(Principal.user(UUID.randomUUID()));
        await(names().name(ben, GROCERIES, shared.id()));

        assertThat(await(log().find(ada, GROCERIES))).isEmpty();
        assertThat(await(names().named(ada, GROCERIES))).isEmpty();
        assertThat(await(names().forget(ada, GROCERIES))).isFalse();
        assertThat(opened(ada, "groceries"))
                .isInstanceOfSatisfying(
                        OpenResult.Opened.class,
                        own -> assertThat(own.created()).isTrue());
    }

    @Test
    void whoever_left_finds_nothing_by_the_name_and_opens_no_new_store_in_its_place() {
        await(names().name(ben, GROCERIES, shared().id()));
        var left = Caller.of(ben.user());

        assertThat(await(log().find(left, GROCERIES))).isEmpty();
        assertThat(opened(left, "groceries")).isEqualTo(new OpenResult.NotReached());
        assertThat(await(log().list(left, Optional.empty(), 10))).isEmpty();
        assertThat(await(names().named(left, GROCERIES))).isPresent();
    }

    @Test
    void a_name_that_was_taken_back_is_free_again() {
        await(names().name(ben, GROCERIES, shared().id()));

        assertThat(await(names().forget(ben, GROCERIES))).isTrue();
        assertThat(await(names().forget(ben, GROCERIES))).isFalse();

        assertThat(await(log().find(ben, GROCERIES))).isEmpty();
        assertThat(opened(ben, "groceries"))
                .isInstanceOfSatisfying(
                        OpenResult.Opened.class,
                        own -> assertThat(own.store().owner()).isEqualTo(ben.user()));
    }

    @Test
    void a_name_may_be_given_to_another_store() {
        await(names().name(ben, GROCERIES, shared().id()));
        var other = shared("other");

        await(names().name(ben, GROCERIES, other.id()));

        assertThat(await(log().find(ben, GROCERIES))).contains(other);
    }

    @Test
    void the_name_of_ones_own_store_is_taken() {
        var own = open(ben, "groceries");

        assertThat(await(names().name(ben, GROCERIES, shared().id()))).isEqualTo(new NamingResult.NameTaken());
        assertThat(await(names().name(ben, GROCERIES, own.id()))).isEqualTo(new NamingResult.Named(own));
        assertThat(await(log().find(ben, GROCERIES))).contains(own);
        assertThat(await(names().named(ben, GROCERIES))).isEmpty();
    }

    @Test
    void a_store_that_is_not_reached_gets_no_name() {
        var foreign = open(someone());

        assertThat(await(names().name(ben, GROCERIES, foreign.id()))).isEqualTo(new NamingResult.UnknownStore());
        assertThat(await(names().name(ben, GROCERIES, new StoreId(UUID.randomUUID()))))
                .isEqualTo(new NamingResult.UnknownStore());
        assertThat(await(names().named(ben, GROCERIES))).isEmpty();
    }

    @Test
    void a_store_of_another_face_gets_no_name_of_this_one() {
        var shared = shared();

        assertThat(await(names().name(ben, new StoreName("livestore", "groceries"), shared.id())))
                .isEqualTo(new NamingResult.OtherFace("native"));
    }

    @Test
    void there_are_as_many_names_as_stores_and_those_may_still_be_given_anew() {
        var shared = shared();
        for (int i = 0; i < limits().storesPerOwner(); i++) {
            await(names().name(ben, new StoreName("native", "name-" + i), shared.id()));
        }

        assertThat(await(names().name(ben, GROCERIES, shared.id())))
                .isEqualTo(new NamingResult.TooManyNames(limits().storesPerOwner()));
        assertThat(await(names().name(ben, new StoreName("native", "name-0"), shared.id())))
                .isEqualTo(new NamingResult.Named(shared));
    }

    @Test
    void who_may_make_no_store_gives_and_takes_no_name() {
        var shared = shared();
        await(names().name(ben, GROCERIES, shared.id()));
        var reader = new Caller(ben.user(), ben.principals(), new Rights(true, false, Optional.empty()));

        assertThat(await(names().name(reader, new StoreName("native", "new"), shared.id())))
                .isEqualTo(new NamingResult.UnknownStore());
        assertThat(await(names().forget(reader, GROCERIES))).isFalse();
        assertThat(await(log().find(reader, GROCERIES))).contains(shared);
    }

    private StoreNames names() {
        return (StoreNames) log();
    }

    private Caller member(Principal user) {
        return new Caller(user, Set.of(user, household));
    }

    private Store shared() {
        return shared("shared");
    }

    private Store shared(String name) {
        var wanted = new NewStore(household, new StoreName("native", name), "app", false);
        return ((OpenResult.Opened) await(log().open(ben, wanted))).store();
    }

    private OpenResult opened(Caller caller, String name) {
        return await(log().open(caller, store(caller, name)));
    }
}
