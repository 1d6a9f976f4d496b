package dev.hearth.auth.signin;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.identity.Account;
import dev.hearth.auth.identity.AccountState;
import dev.hearth.auth.identity.Accounts;
import dev.hearth.auth.identity.CookieSessions;
import dev.hearth.auth.identity.Deletions;
import dev.hearth.auth.identity.NewcomerState;
import dev.hearth.auth.identity.SessionRow;
import dev.hearth.auth.keycloak.Keycloak;
import dev.hearth.auth.keycloak.Login;
import dev.hearth.auth.keycloak.Password;
import dev.hearth.auth.keycloak.PasswordCheck;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lets people in who prove who they are, and gives each a session.
@ApplicationScoped
class SignIn {
    /// Somebody who is in, and the session they have from now on.
    record SignedIn(Account account, CookieSessions.Started started) {}

    private final Keycloak keycloak;
    private final Accounts accounts;
    private final NewcomerState newcomer;
    private final CookieSessions sessions;
    private final Deletions deletions;
    private final Attempts attempts;
    private final Beat beat;
    private final Clock clock;

    SignIn(
            Keycloak keycloak,
            Accounts accounts,
            NewcomerState newcomer,
            CookieSessions sessions,
            Deletions deletions,
            AuthConfig config,
            Clock clock) {
        this.keycloak = keycloak;
        this.accounts = accounts;
        this.newcomer = newcomer;
        this.sessions = sessions;
        this.deletions = deletions;
        this.attempts = new Attempts(config.guessing().loginsPerMinute(), Duration.ofMinutes(1));
        this.beat = new Beat(config.guessing().beat());
        this.clock = clock;
    }

    /// Signs in by a password. What is wrong with it, neither the answer nor its time tells.
    Uni<SignedIn> byPassword(Credentials credentials, Visitor visitor) {
        var email = credentials.checkedEmail();
        var password = credentials.checkedPassword();
        var device = credentials.device().map(DeviceName::named).orElse(visitor.device());
        return proven(email, password, visitor)
                .flatMap(login -> admitted(login, device, Optional.empty(), Optional.of(clock.instant()), visitor));
    }

    /// As `byPassword`, and if their account was to be deleted, they keep it.
    Uni<SignedIn> byPasswordToStay(Credentials credentials, Visitor visitor) {
        var email = credentials.checkedEmail();
        var password = credentials.checkedPassword();
        var device = credentials.device().map(DeviceName::named).orElse(visitor.device());
        return proven(email, password, visitor)
                .call(login -> deletions.cancel(login.user()))
                .flatMap(login -> admitted(login, device, Optional.empty(), Optional.of(clock.instant()), visitor));
    }

    /// Gives the session of whoever types their password again a new secret.
    Uni<SignedIn> again(SessionRow session, @Nullable String typed, Visitor visitor) {
        var password = Credentials.password(typed);
        return account(session.account())
                .flatMap(account -> proven(account.email().orElseThrow(Refusals::signIn), password, visitor)
                        .flatMap(login -> {
                            if (!login.user().equals(session.account())) {
                                throw Refusals.signIn();
                            }
                            return sessions.stepUp(session);
                        })
                        .map(started -> new SignedIn(account, started.orElseThrow(Refusals::noSession))));
    }

    private Uni<Account> account(UUID user) {
        return accounts.find(user).map(found -> found.orElseThrow(Refusals::noSession));
    }

    private Uni<Login> proven(String email, Password password, Visitor visitor) {
        attempts.count(visitor.address());
        long start = System.nanoTime();
        return keycloak.check(email, password)
                .flatMap(this::login)
                .onFailure(SignIn::tellsOfGuessing)
                .recoverWithUni(refusal -> Uni.createFrom()
                        .<Login>failure(refusal)
                        .onFailure()
                        .call(() -> Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(beat.rest(Duration.ofNanos(System.nanoTime() - start)))));
    }

    private Uni<Login> login(PasswordCheck check) {
        return switch (check) {
            // A session of ours takes its place.
            case PasswordCheck.Right right -> keycloak.end(right.login()).replaceWith(right.login());
            case PasswordCheck.NotEnough _ -> throw Refusals.secondFactor();
            case PasswordCheck.Wrong _ -> throw Refusals.signIn();
        };
    }

    private static boolean tellsOfGuessing(Throwable failure) {
        return failure instanceof ProblemException refused
                && refused.problem().problemType() == ProblemType.SIGN_IN_REFUSED;
    }

    /// Signs in who comes back from Keycloak's page; that login goes on beside the session.
    Uni<SignedIn> byPage(Login login, Visitor visitor) {
        return admitted(login, visitor.device(), login.sid(), login.authenticatedAt(), visitor);
    }

    /// As `byPage`, and if their account was to be deleted, they keep it.
    Uni<SignedIn> byPageToStay(Login login, Visitor visitor) {
        return deletions.cancel(login.user()).flatMap(_ -> byPage(login, visitor));
    }

    private Uni<SignedIn> admitted(
            Login login, String device, Optional<String> sid, Optional<Instant> provenAt, Visitor visitor) {
        return newcomer.stateOf(login.user())
                .flatMap(ifNew -> accounts.meet(login.user(), login.claims(), ifNew))
                .call(this::letIn)
                .flatMap(account -> start(account, device, sid, provenAt, visitor));
    }

    private Uni<Void> letIn(Account account) {
        if (account.state() == AccountState.LEAVING) {
            return deletions
                    .refusal(account.id())
                    .flatMap(refusal -> Uni.createFrom().failure(refusal));
        }
        account.state().refusal().ifPresent(refusal -> {
            throw Refusals.of(refusal);
        });
        return Uni.createFrom().voidItem();
    }

    /// Signs in who has just made this account.
    Uni<SignedIn> started(Account account, Optional<String> device, Visitor visitor) {
        var named = device.map(DeviceName::named).orElse(visitor.device());
        return start(account, named, Optional.empty(), Optional.of(clock.instant()), visitor);
    }

    /// Always a new secret; the session that this browser had, if any, ends.
    private Uni<SignedIn> start(
            Account account, String device, Optional<String> sid, Optional<Instant> provenAt, Visitor visitor) {
        return before(visitor)
                .flatMap(before -> sessions.start(account.id(), device, sid, provenAt, before))
                .map(started -> new SignedIn(account, started));
    }

    Uni<Optional<SessionRow>> before(Visitor visitor) {
        return visitor.cookie().map(sessions::find).orElse(Uni.createFrom().item(Optional.empty()));
    }
}
