package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.caller.Credential;
import dev.hearth.caller.Credential.ApiToken;
import dev.hearth.caller.Credential.SessionCookie;
import dev.hearth.caller.Holder;
import dev.hearth.caller.Sessions;
import dev.hearth.caller.Standing;
import dev.hearth.caller.Subject;
import dev.hearth.caller.TokenHolder;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StoreId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every `Sessions` keeps, whatever it stands on. Extend it and say which, and how accounts are changed there.
public abstract class SessionsContract {
    private static final Duration LIFE = Duration.ofHours(1);

    protected abstract Sessions sessions();

    protected abstract Identities identities();

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "hearth_", "' or true --", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void an_unknown_secret_has_no_holder(String secret) {
        assertThat(holder(new SessionCookie(secret))).isEmpty();
        assertThat(holder(new ApiToken(secret))).isEmpty();
    }

    @Test
    void a_session_is_its_users_with_all_rights_at_once() {
        var ada = identities().someone();

        var holder = holder(identities().signIn(ada)).orElseThrow();

        assertThat(holder.caller()).isEqualTo(Caller.of(Principal.user(ada)));
        assertThat(holder.kind()).isEqualTo(Holder.Kind.SESSION);
        assertThat(holder.expiresAt()).isAfter(Instant.now());
    }

    @Test
    void an_api_token_is_its_users_with_the_rights_it_was_made_with() {
        var ada = identities().someone();
        var some = new Rights(true, false, Optional.of(Set.of(new StoreId(UUID.randomUUID()))));

        var narrow = holder(identities().issue(ada, some, LIFE)).orElseThrow();
        var wide = holder(identities().issue(ada, Rights.ALL, LIFE)).orElseThrow();

        assertThat(narrow.caller().user()).isEqualTo(Principal.user(ada));
        assertThat(narrow.caller().rights()).isEqualTo(some);
        assertThat(narrow.kind()).isEqualTo(Holder.Kind.API_TOKEN);
        assertThat(narrow.roles()).isEmpty();
        assertThat(narrow.expiresAt()).isBefore(Instant.now().plus(LIFE).plusSeconds(60));
        assertThat(wide.caller().rights()).isEqualTo(Rights.ALL);
        assertThat(wide.id()).isNotEqualTo(narrow.id());
    }

    @Test
    void a_secret_of_one_kind_is_none_of_the_other() {
        var ada = identities().someone();

        assertThat(holder(new ApiToken(identities().signIn(ada).value()))).isEmpty();
        assertThat(holder(new SessionCookie(
                        identities().issue(ada, Rights.ALL, LIFE).value())))
                .isEmpty();
    }

    @Test
    void an_ended_session_has_no_holder_and_the_others_of_its_user_go_on() {
        var ada = identities().someone();
        var ended = identities().signIn(ada);
        var other = identities().signIn(ada);

        identities().end(ended);

        assertThat(holder(ended)).isEmpty();
        assertThat(holder(other)).isPresent();
    }

    @Test
    void a_withdrawn_api_token_has_no_holder() {
        var token = identities().issue(identities().someone(), Rights.ALL, LIFE);

        identities().withdraw(token);

        assertThat(holder(token)).isEmpty();
    }

    @Test
    void the_user_of_an_access_token_is_in_order_even_at_first_sight() {
        var known = identities().someone();
        var stranger = UUID.randomUUID();

        assertThat(standing(login(known, "a"))).isEqualTo(new Standing.InOrder(Set.of()));
        assertThat(standing(login(stranger, "b"))).isEqualTo(new Standing.InOrder(Set.of()));
        assertThat(standing(login(stranger, "b"))).isEqualTo(new Standing.InOrder(Set.of()));
    }

    @Test
    void whoever_waits_for_approval_is_told_so() {
        var waiting = identities().someonePending();

        assertThat(standing(login(waiting, "a")))
                .isInstanceOfSatisfying(
                        Standing.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(ProblemType.ACCOUNT_PENDING));
    }

    @Test
    void a_disabled_user_is_refused_by_every_way_in() {
        var ada = identities().someone();
        var session = identities().signIn(ada);
        var token = identities().issue(ada, Rights.ALL, LIFE);

        identities().disable(ada);

        assertThat(holder(session)).isEmpty();
        assertThat(holder(token)).isEmpty();
        isRefused(login(ada, "a"));
        identities().enable(ada);
        assertThat(standing(login(ada, "a"))).isInstanceOf(Standing.InOrder.class);
    }

    @Test
    void a_deleted_user_is_refused_by_every_way_in() {
        var ada = identities().someone();
        var session = identities().signIn(ada);
        var token = identities().issue(ada, Rights.ALL, LIFE);

        identities().delete(ada);

        assertThat(holder(session)).isEmpty();
        assertThat(holder(token)).isEmpty();
        isRefused(login(ada, "a"));
    }

    @Test
    void an_ended_login_is_refused_and_the_others_of_its_user_go_on() {
        var ada = identities().someone();
        var ended = "sid-" + UUID.randomUUID();

        identities().endLogin(ada, ended);

        isRefused(login(ada, ended));
        assertThat(standing(login(ada, "sid-" + UUID.randomUUID()))).isInstanceOf(Standing.InOrder.class);
    }

    @Test
    void tokens_from_before_all_logins_ended_are_refused_and_later_ones_are_not() {
        var ada = identities().someone();

        identities().endAllLogins(ada);

        isRefused(login(ada, "old", Instant.now().minusSeconds(60)));
        assertThat(standing(login(ada, "new", Instant.now().plusSeconds(5)))).isInstanceOf(Standing.InOrder.class);
    }

    @Test
    void members_call_as_their_household_until_they_leave() {
        var ada = identities().someone();
        var ben = identities().someone();
        var session = identities().signIn(ben);
        var household = identities().household(ada);
        var home = Principal.household(household);

        identities().join(household, ben);
        assertThat(holder(session).orElseThrow().caller().principals())
                .containsExactlyInAnyOrder(Principal.user(ben), home);
        assertThat(standing(login(ben, "b"))).isEqualTo(new Standing.InOrder(Set.of(home)));

        identities().leave(household, ben);
        assertThat(holder(session).orElseThrow().caller().principals()).containsExactly(Principal.user(ben));
        assertThat(standing(login(ben, "b"))).isEqualTo(new Standing.InOrder(Set.of()));
        assertThat(standing(login(ada, "a"))).isEqualTo(new Standing.InOrder(Set.of(home)));
    }

    @Test
    void the_end_of_a_session_is_told_with_what_its_holder_hangs_on() {
        var session = identities().signIn(identities().someone());
        var hangsOn = Subject.behind(holder(session).orElseThrow());

        isTold(hangsOn, () -> identities().end(session));
    }

    @Test
    void the_end_of_an_api_token_is_told_with_what_its_holder_hangs_on() {
        var token = identities().issue(identities().someone(), Rights.ALL, LIFE);
        var hangsOn = Subject.behind(holder(token).orElseThrow());

        isTold(hangsOn, () -> identities().withdraw(token));
    }

    @Test
    void whatever_becomes_of_an_account_is_told() {
        var ada = identities().someone();
        var user = Set.of(Subject.of(Principal.user(ada)));

        isTold(user, () -> identities().disable(ada));
        isTold(user, () -> identities().enable(ada));
        isTold(user, () -> identities().endAllLogins(ada));
        isTold(user, () -> identities().delete(ada));
    }

    @Test
    void the_end_of_a_login_is_told() {
        var ada = identities().someone();
        var login = login(ada, "sid-" + UUID.randomUUID());
        var hangsOn = Subject.behind(login, (Standing.InOrder) standing(login));

        isTold(hangsOn, () -> identities().endLogin(ada, login.login().orElseThrow()));
    }

    @Test
    void joining_and_leaving_a_household_are_told() {
        var household = identities().household(identities().someone());
        var ben = identities().someone();
        var login = login(ben, "b");
        var hangsOn = Subject.behind(login, (Standing.InOrder) standing(login));

        isTold(hangsOn, () -> identities().join(household, ben));
        isTold(hangsOn, () -> identities().leave(household, ben));
    }

    @Test
    void a_cursor_that_nobody_gave_is_told_to_be_lost() {
        var changes = await(sessions().changes(Optional.of("0000:7")));

        assertThat(changes.lost()).isTrue();
        assertThat(await(sessions().changes(Optional.of(changes.cursor()))).lost())
                .isFalse();
    }

    /// Asks until it comes, as a change may be told a little later than it was made.
    private void isTold(Set<Subject> hangsOn, Runnable change) {
        String cursor = await(sessions().changes(Optional.empty())).cursor();

        change.run();

        var told = new HashSet<Subject>();
        for (int tries = 1; tries <= 100 && told.stream().noneMatch(hangsOn::contains); tries++) {
            var changes = await(
                    sessions().changes(Optional.of(cursor)).onItem().delayIt().by(Duration.ofMillis(tries)));
            assertThat(changes.lost()).isFalse();
            cursor = changes.cursor();
            told.addAll(changes.subjects());
        }
        assertThat(told).containsAnyElementsOf(hangsOn);
    }

    private Optional<Holder> holder(Credential credential) {
        return await(sessions().holderOf(credential));
    }

    private Standing standing(TokenHolder holder) {
        return await(sessions().standingOf(holder));
    }

    private void isRefused(TokenHolder holder) {
        assertThat(standing(holder))
                .isInstanceOfSatisfying(
                        Standing.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(ProblemType.NOT_AUTHENTICATED));
    }

    private static TokenHolder login(UUID user, String sid) {
        return login(user, sid, Instant.now());
    }

    private static TokenHolder login(UUID user, String sid, Instant issuedAt) {
        return new TokenHolder(user, Optional.of(sid), issuedAt, Optional.empty(), Optional.empty(), false);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
