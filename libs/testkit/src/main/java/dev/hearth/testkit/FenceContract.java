package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.Locked;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.Unlocked;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The fence: what was written under a lock that has ended does not commit.
abstract class FenceContract extends ExpectationContract {
    private final UUID vault = UUID.randomUUID();

    @Test
    void a_vault_without_a_fence_takes_no_private_appends() {
        var ada = someone();
        var store = open(ada).id();

        assertThat(append(ada, store, new Unlocked(vault, 1))).isInstanceOf(Locked.class);
        assertThat(all(ada, store)).isEmpty();
    }

    @Test
    void an_append_that_saw_the_vault_unlocked_at_the_fence_or_later_stands() {
        var ada = someone();
        var store = open(ada).id();
        await(log().raiseFence(vault, 2));

        assertThat(append(ada, store, new Unlocked(vault, 2))).isInstanceOf(Appended.class);
        assertThat(append(ada, store, new Unlocked(vault, 3))).isInstanceOf(Appended.class);
    }

    @Test
    void an_append_that_saw_the_vault_unlocked_before_the_fence_is_refused() {
        var ada = someone();
        var store = open(ada).id();
        await(log().raiseFence(vault, 2));

        assertThat(append(ada, store, new Unlocked(vault, 1))).isEqualTo(new Locked(2));
        assertThat(all(ada, store)).isEmpty();
    }

    @Test
    void a_fence_only_rises() {
        assertThat(await(log().raiseFence(vault, 5))).isEqualTo(5);
        assertThat(await(log().raiseFence(vault, 3))).isEqualTo(5);
        assertThat(await(log().raiseFence(vault, 6))).isEqualTo(6);
    }

    @Test
    void a_fence_is_its_vaults_own() {
        var ada = someone();
        var store = open(ada).id();
        var other = UUID.randomUUID();
        await(log().raiseFence(vault, 9));
        await(log().raiseFence(other, 1));

        assertThat(append(ada, store, new Unlocked(other, 1))).isInstanceOf(Appended.class);
    }

    @Test
    void a_retry_of_what_stood_before_the_lock_is_answered_as_the_first_time() {
        var ada = someone();
        var store = open(ada).id();
        await(log().raiseFence(vault, 1));
        append(ada, store, new Unlocked(vault, 1));
        await(log().raiseFence(vault, 2));

        var retried = append(ada, store, new Unlocked(vault, 1));

        assertThat(retried).isInstanceOf(Appended.class);
        assertThat(all(ada, store)).hasSize(1);
    }

    private AppendResult append(Caller caller, StoreId store, Unlocked unlocked) {
        return await(log().append(
                        caller,
                        new Append(
                                store, Expectation.any(), events("private"), Optional.of(unlocked), Optional.empty())));
    }
}
