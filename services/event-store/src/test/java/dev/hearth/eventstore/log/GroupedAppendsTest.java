package dev.hearth.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.UnknownStore;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.Payload;
import dev.hearth.testkit.TestEvents;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which appends go together, and that each is answered for itself. The database is the test: it sees the groups and
/// says when they are committed.
final class GroupedAppendsTest {
    private record Group(Caller caller, List<Append> appends, UniEmitter<? super List<Optional<Appended>>> commit) {
        List<String> ids() {
            return appends.stream()
                    .flatMap(append -> append.events().stream())
                    .map(event -> event.id().value())
                    .toList();
        }

        void committed() {
            commit.complete(appends.stream().map(_ -> Optional.of(DONE)).toList());
        }
    }

    private static final Appended DONE = new Appended(Generation.FIRST, new Sequence(1), new Alias(0), List.of());

    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));
    private final Caller bob = Caller.of(Principal.user(UUID.randomUUID()));
    private final StoreId list = new StoreId(UUID.randomUUID());
    private final StoreId diary = new StoreId(UUID.randomUUID());
    private final List<Group> groups = new ArrayList<>();
    private final List<Append> alone = new ArrayList<>();
    private final GroupedAppends appends = new GroupedAppends(
            (caller, together) -> Uni.createFrom().emitter(commit -> groups.add(new Group(caller, together, commit))),
            (_, append) -> {
                alone.add(append);
                return Uni.createFrom().item(new UnknownStore());
            });

    @Test
    void one_that_comes_alone_does_not_wait() {
        var a = send(ada, list, "a");
        var b = send(ada, list, "b");

        assertThat(groups.stream().map(Group::ids)).containsExactly(List.of("a"), List.of("b"));
        groups.getFirst().committed();
        a.assertItem(DONE);
        b.assertNotTerminated();
    }

    @Test
    void those_that_come_while_two_groups_are_under_way_go_together() {
        Stream.of("a", "b", "c", "d", "e").forEach(id -> send(ada, id.equals("d") ? diary : list, id));
        assertThat(groups).hasSize(2);

        groups.get(1).committed();

        assertThat(groups).hasSize(3);
        assertThat(groups.get(2).ids()).containsExactly("c", "d", "e");
        groups.get(2).committed();
        groups.get(0).committed();
        assertThat(groups).hasSize(3);
        send(ada, list, "f");
        assertThat(groups.get(3).ids()).containsExactly("f");
    }

    @Test
    void callers_do_not_share_a_transaction() {
        IntStream.range(0, 4).forEach(i -> send(ada, list, "ada-" + i));
        IntStream.range(0, 4).forEach(i -> send(bob, list, "bob-" + i));

        for (int group = 0; group < groups.size(); group++) {
            groups.get(group).committed();
        }

        assertThat(groups)
                .allSatisfy(group -> assertThat(group.ids())
                        .allMatch(id -> id.startsWith(group.caller().equals(ada) ? "ada" : "bob")));
        assertThat(groups.stream().flatMap(group -> group.ids().stream())).hasSize(8);
    }

    @Test
    void a_retry_waits_for_the_group_after_the_one_it_repeats() {
        busy();
        send(ada, list, "x");
        send(ada, diary, "x");
        send(ada, list, "x");
        send(ada, list, "y");

        groups.get(0).committed();
        groups.get(1).committed();

        assertThat(groups.get(2).appends()).extracting(Append::store).containsExactly(list, diary);
        assertThat(groups.get(3).ids()).containsExactly("x", "y");
    }

    @Test
    void an_append_that_names_an_event_twice_goes_alone() {
        busy();
        send(ada, list, "x", "x");
        send(ada, list, "y");
        groups.get(0).committed();

        assertThat(alone).hasSize(1);
        assertThat(groups.get(2).ids()).containsExactly("y");
    }

    @Test
    void what_did_not_go_with_the_others_is_tried_alone() {
        busy();
        var known = send(ada, list, "known");
        var fresh = send(ada, diary, "fresh");
        groups.get(0).committed();

        groups.get(2).commit().complete(List.of(Optional.empty(), Optional.of(DONE)));

        known.assertItem(new UnknownStore());
        fresh.assertItem(DONE);
        assertThat(alone).extracting(Append::store).containsExactly(list);
    }

    @Test
    void when_a_group_fails_each_is_tried_alone() {
        busy();
        var a = send(ada, list, "a");
        var b = send(ada, diary, "b");
        groups.get(0).committed();

        groups.get(2).commit().fail(new EventLogUnavailable("away", new IllegalStateException()));

        assertThat(alone).hasSize(2);
        Stream.of(a, b).forEach(answer -> answer.assertItem(new UnknownStore()));
        send(ada, list, "c");
        assertThat(groups.getLast().ids()).as("the lane is free again").containsExactly("c");
    }

    @Test
    void a_group_that_cannot_even_be_asked_for_leaves_nobody_waiting() {
        var broken = new GroupedAppends(
                (_, _) -> {
                    throw new IllegalStateException("broken");
                },
                (_, _) -> Uni.createFrom().item(new UnknownStore()));

        for (int i = 0; i < 3; i++) {
            broken.append(ada, new Append(list, Expectation.any(), List.of(TestEvents.of("a" + i))))
                    .subscribe()
                    .withSubscriber(UniAssertSubscriber.create())
                    .assertItem(new UnknownStore());
        }
    }

    @Test
    void a_group_is_not_larger_than_one_transaction_should_be() {
        busy();
        IntStream.range(0, 5)
                .forEach(append -> send(
                        ada,
                        list,
                        IntStream.range(0, 900).mapToObj(i -> append + "-" + i).toArray(String[]::new)));
        groups.get(0).committed();
        groups.get(1).committed();

        assertThat(groups.get(2).ids()).hasSize(1_800);
        assertThat(groups.get(3).ids()).hasSize(1_800);
    }

    @Test
    void a_group_is_not_heavier_than_one_transaction_should_be() {
        busy();
        var heavy = Payload.utf8("\"" + "x".repeat(3_000_000) + "\"");
        IntStream.range(0, 2)
                .forEach(_ -> appends.append(ada, new Append(list, Expectation.any(), List.of(TestEvents.of(heavy))))
                        .subscribe()
                        .withSubscriber(UniAssertSubscriber.create()));
        groups.get(0).committed();

        assertThat(groups.get(2).appends()).hasSize(1);
    }

    /// Two groups of Ada's are under way.
    private void busy() {
        send(ada, list, "busy-1");
        send(ada, list, "busy-2");
    }

    private UniAssertSubscriber<AppendResult> send(Caller caller, StoreId store, String... ids) {
        List<NewEvent> events = Stream.of(ids).map(TestEvents::of).toList();
        return appends.append(caller, new Append(store, Expectation.any(), events))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
