package dev.hearth.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long somebody who was let in is believed to be who they were.
final class RememberedTest {
    private static final Credential COOKIE = new Credential.SessionCookie("abc");

    private final HandTime time = new HandTime();
    private final HandSessions sessions = new HandSessions();
    private final IdentityFeed feed = new IdentityFeed(sessions, time, time);
    private final Holders holders = new Holders(sessions, feed, time);

    @BeforeEach
    void start() {
        feed.start();
    }

    @Test
    void the_port_is_asked_once_while_nothing_changes() {
        isIn();
        time.pass(Duration.ofSeconds(20));
        isIn();

        assertThat(sessions.asked).hasSize(1);
    }

    @Test
    void nobody_is_believed_beyond_the_end_that_the_port_named() {
        isIn();
        time.pass(Duration.ofHours(1));
        sessions.holds = false;

        isOut();
    }

    @Test
    void whoever_is_unknown_is_asked_about_each_time() {
        sessions.holds = false;
        isOut();
        sessions.holds = true;

        isIn();
    }

    @Test
    void whoever_waits_for_the_feed_is_told_when_a_question_that_began_later_is_answered() {
        var waited = feed.caughtUp().subscribe().withSubscriber(UniAssertSubscriber.create());

        waited.assertCompleted();
    }

    @Test
    void whoever_waits_for_a_feed_that_is_away_is_not_kept() {
        sessions.away = true;

        feed.caughtUp().subscribe().withSubscriber(UniAssertSubscriber.create()).assertCompleted();
    }

    @Test
    void a_change_of_a_subject_counts_from_the_next_look() {
        isIn();
        sessions.holds = false;
        sessions.tell(Subject.session(HandSessions.SESSION));
        isIn();

        time.pass(IdentityFeed.POLL);

        isOut();
    }

    @Test
    void a_nudge_makes_a_change_count_at_once() {
        isIn();
        sessions.holds = false;
        sessions.tell(HandSessions.user());

        feed.look();

        isOut();
    }

    @Test
    void a_change_of_somebody_else_costs_nothing() {
        isIn();
        sessions.tell(new Subject("user:somebody-else"));
        feed.look();
        isIn();

        assertThat(sessions.asked).hasSize(1);
    }

    @Test
    void a_lost_feed_makes_everything_be_asked_again() {
        isIn();
        sessions.holds = false;
        sessions.lost = true;

        feed.look();

        isOut();
    }

    @Test
    void a_silent_feed_makes_the_port_be_asked_with_every_request() {
        isIn();
        sessions.feedAway = true;
        time.pass(Duration.ofMillis(3_999));
        isIn();
        assertThat(sessions.asked).hasSize(1);

        time.pass(Duration.ofMillis(1));
        isIn();
        isIn();
        assertThat(sessions.asked).hasSize(3);
    }

    @Test
    void nobody_is_let_in_while_feed_and_port_are_away() {
        isIn();
        sessions.feedAway = true;
        sessions.away = true;
        time.pass(IdentityFeed.COUNTS_FOR);

        var refused = authenticate().getFailure();

        assertThat(refused)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().problemType()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    @Test
    void what_was_remembered_counts_again_when_the_feed_is_heard_again() {
        isIn();
        sessions.feedAway = true;
        time.pass(Duration.ofSeconds(6));
        sessions.feedAway = false;
        time.pass(IdentityFeed.POLL);

        isIn();
        assertThat(sessions.asked).hasSize(1);
    }

    @Test
    void an_answer_from_before_a_change_is_not_remembered() {
        sessions.slow = true;
        var asked = authenticate();
        sessions.holds = false;
        sessions.tell(HandSessions.user());
        feed.look();

        sessions.held.getFirst().run();
        asked.assertCompleted();

        sessions.slow = false;
        isOut();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ü", "x\r\ny"})
    void what_cannot_be_a_secret_is_not_even_asked_about(String secret) {
        holders.identity(new Credential.SessionCookie(secret))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(AuthenticationFailedException.class);
        assertThat(sessions.asked).isEmpty();
    }

    private void isIn() {
        var identity = authenticate().assertCompleted().getItem();
        assertThat(Callers.of(identity).user().id()).isEqualTo(HandSessions.USER);
        assertThat(identity.getRoles()).containsExactly("admin");
    }

    private void isOut() {
        authenticate().assertFailedWith(AuthenticationFailedException.class);
    }

    private UniAssertSubscriber<SecurityIdentity> authenticate() {
        return holders.identity(COOKIE).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
