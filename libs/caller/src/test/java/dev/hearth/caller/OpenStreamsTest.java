package dev.hearth.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a stream when something changes for its caller.
final class OpenStreamsTest {
    private final HandTime time = new HandTime();
    private final HandSessions sessions = new HandSessions();
    private final IdentityFeed feed = new IdentityFeed(sessions, time, time);
    private final Holders holders = new Holders(sessions, feed, time);
    private final OpenStreams streams = new OpenStreams(feed);
    private final Noted stream = new Noted();

    private static final class Noted implements OpenStreams.Stream {
        final List<Caller> callers = new ArrayList<>();
        final List<ProblemType> ends = new ArrayList<>();

        @Override
        public void goOnAs(Caller caller) {
            callers.add(caller);
        }

        @Override
        public void end(Problem why) {
            ends.add(why.problemType());
        }
    }

    @BeforeEach
    void start() {
        feed.start();
    }

    @Test
    void it_ends_when_its_session_does() {
        streams.open(identity(), stream);
        sessions.holds = false;
        sessions.tell(Subject.session(HandSessions.SESSION));

        time.pass(IdentityFeed.POLL);

        assertThat(stream.ends).containsExactly(ProblemType.NOT_AUTHENTICATED);
        assertThat(streams.count()).isZero();
    }

    @Test
    void it_goes_on_when_nothing_has_come_of_the_change() {
        streams.open(identity(), stream);
        sessions.tell(HandSessions.user());

        time.pass(IdentityFeed.POLL);

        assertThat(stream.ends).isEmpty();
        assertThat(stream.callers).isEmpty();
        assertThat(sessions.asked).hasSize(2);
    }

    @Test
    void it_is_told_when_its_caller_is_not_who_they_were() {
        var home = Principal.household(UUID.randomUUID());
        sessions.households.add(home);
        streams.open(identity(), stream);
        sessions.households.clear();
        sessions.tell(Subject.of(home));

        time.pass(IdentityFeed.POLL);

        assertThat(stream.callers).containsExactly(Caller.of(Principal.user(HandSessions.USER)));
        assertThat(stream.ends).isEmpty();
    }

    @Test
    void somebody_elses_change_is_none_of_its_business() {
        streams.open(identity(), stream);
        sessions.holds = false;
        sessions.tell(new Subject("user:somebody-else"));

        time.pass(IdentityFeed.POLL);

        assertThat(stream.ends).isEmpty();
        assertThat(sessions.asked).hasSize(1);
    }

    @Test
    void a_change_between_the_door_and_the_stream_is_not_missed() {
        var identity = identity();
        sessions.holds = false;
        sessions.tell(HandSessions.user());
        feed.look();

        streams.open(identity, stream);

        assertThat(stream.ends).containsExactly(ProblemType.NOT_AUTHENTICATED);
    }

    @Test
    void it_ends_when_the_port_cannot_say_what_the_change_was() {
        streams.open(identity(), stream);
        sessions.away = true;
        sessions.tell(HandSessions.user());

        time.pass(IdentityFeed.POLL);

        assertThat(stream.ends).containsExactly(ProblemType.UNAVAILABLE);
    }

    @Test
    void it_ends_within_five_seconds_when_nothing_can_be_heard() {
        streams.open(identity(), stream);
        sessions.feedAway = true;

        time.pass(Duration.ofMillis(3_900));
        assertThat(stream.ends).isEmpty();
        time.pass(Duration.ofMillis(1_000));

        assertThat(stream.ends).containsExactly(ProblemType.UNAVAILABLE);
    }

    @Test
    void it_goes_on_when_the_feed_was_silent_for_a_moment() {
        streams.open(identity(), stream);
        sessions.feedAway = true;
        time.pass(Duration.ofSeconds(3));
        sessions.feedAway = false;
        time.pass(Duration.ofSeconds(10));

        assertThat(stream.ends).isEmpty();
    }

    @Test
    void it_is_asked_about_when_changes_were_lost() {
        streams.open(identity(), stream);
        sessions.holds = false;
        sessions.lost = true;

        time.pass(IdentityFeed.POLL);

        assertThat(stream.ends).containsExactly(ProblemType.NOT_AUTHENTICATED);
    }

    @Test
    void an_answer_to_an_earlier_question_does_not_bring_back_what_was() {
        var home = Principal.household(UUID.randomUUID());
        streams.open(identity(), stream);
        sessions.slow = true;
        sessions.households.add(home);
        sessions.tell(HandSessions.user());
        feed.look();
        sessions.households.clear();
        sessions.tell(HandSessions.user());
        feed.look();

        sessions.held.get(1).run();
        sessions.held.get(0).run();

        assertThat(stream.callers).isEmpty();
    }

    @Test
    void streams_of_one_credential_are_asked_about_once() {
        streams.open(identity(), stream);
        streams.open(identity(), stream);
        sessions.tell(HandSessions.user());

        time.pass(IdentityFeed.POLL);

        assertThat(sessions.asked).hasSize(2);
    }

    @Test
    void one_that_was_closed_is_not_told() {
        streams.open(identity(), stream).run();
        sessions.holds = false;
        sessions.tell(HandSessions.user());

        time.pass(IdentityFeed.POLL);

        assertThat(stream.ends).isEmpty();
        assertThat(sessions.asked).hasSize(1);
    }

    @Test
    void a_held_answer_fails_when_its_session_ends() {
        var waiting = held(Uni.createFrom().nothing());
        sessions.holds = false;
        sessions.tell(HandSessions.user());

        time.pass(IdentityFeed.POLL);

        failsAs(waiting, ProblemType.NOT_AUTHENTICATED);
        assertThat(streams.count()).isZero();
    }

    @Test
    void a_held_answer_fails_when_its_caller_does_not_reach_it_any_more() {
        sessions.households.add(Principal.household(UUID.randomUUID()));
        var waiting = held(Uni.createFrom().nothing());
        sessions.households.clear();
        sessions.tell(HandSessions.user());

        time.pass(IdentityFeed.POLL);

        failsAs(waiting, ProblemType.STORE_NOT_FOUND);
    }

    @Test
    void a_held_answer_that_comes_is_given() {
        assertThat(held(Uni.createFrom().item("here")).assertCompleted().getItem())
                .isEqualTo("here");
        assertThat(streams.count()).isZero();
    }

    private UniAssertSubscriber<String> held(Uni<String> answer) {
        return streams.whileOpen(
                        identity(),
                        _ -> Uni.createFrom().failure(new ProblemException(ProblemType.STORE_NOT_FOUND, "gone")),
                        answer)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private static void failsAs(UniAssertSubscriber<String> waiting, ProblemType type) {
        assertThat(waiting.getFailure())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().problemType()).isEqualTo(type));
    }

    private SecurityIdentity identity() {
        return holders.identity(new Credential.SessionCookie("abc")).await().indefinitely();
    }
}
