package dev.hearth.auth.identity;

import dev.hearth.caller.Changes;
import dev.hearth.caller.Credential;
import dev.hearth.caller.Holder;
import dev.hearth.caller.Sessions;
import dev.hearth.caller.SessionsUnavailable;
import dev.hearth.caller.Standing;
import dev.hearth.caller.TokenHolder;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/// The port, answered from the tables.
@ApplicationScoped
public class PostgresSessions implements Sessions {
    private static final Standing.Refused LOGIN_ENDED =
            new Standing.Refused(ProblemType.NOT_AUTHENTICATED, "This sign-in has been ended; sign in again.");

    private final Tables tables;
    private final Accounts accounts;
    private final CookieSessions sessions;
    private final ApiTokens tokens;
    private final Feed feed;
    private final NewcomerState newcomer;
    private final Clock clock;

    PostgresSessions(
            Tables tables,
            Accounts accounts,
            CookieSessions sessions,
            ApiTokens tokens,
            Feed feed,
            NewcomerState newcomer,
            Clock clock) {
        this.tables = tables;
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.feed = feed;
        this.newcomer = newcomer;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<Holder>> holderOf(Credential credential) {
        if (credential.value().length() > Credential.MAX_LENGTH) {
            return Uni.createFrom().item(Optional.empty());
        }
        var answer = switch (credential) {
            case Credential.SessionCookie cookie ->
                sessions.find(cookie).map(found -> found.map(row -> row.holder(sessions.limits(), clock.instant())));
            case Credential.ApiToken token -> tokens.holderOf(token);
        };
        return unlessAway(answer);
    }

    @Override
    public Uni<Standing> standingOf(TokenHolder holder) {
        return unlessAway(newcomer.stateOf(holder.user())
                .flatMap(ifNew -> tables.inTransaction(
                        Caller.of(Principal.user(holder.user())),
                        tx -> accounts.meet(tx, holder.user(), claims(holder), ifNew)
                                .flatMap(account -> standing(tx, account, holder)))));
    }

    private static Claims claims(TokenHolder holder) {
        return new Claims(holder.email(), holder.name(), holder.admin(), holder.issuedAt());
    }

    private static Uni<Standing> standing(Mutiny.Session tx, Account account, TokenHolder holder) {
        if (account.state() == AccountState.LEAVING) {
            return tx.find(Deletion.class, account.id()).map(PostgresSessions::leaving);
        }
        var refusal = account.state().refusal();
        if (refusal.isPresent()) {
            return Uni.createFrom()
                    .item(new Standing.Refused(
                            refusal.get().problemType(), refusal.get().detail()));
        }
        // Tokens tell the second they were issued in: of that second all are refused.
        if (account.notBefore().filter(then -> !holder.issuedAt().isAfter(then)).isPresent()) {
            return Uni.createFrom().item(LOGIN_ENDED);
        }
        return hasEnded(tx, holder)
                .flatMap(ended -> ended ? Uni.createFrom().item(LOGIN_ENDED) : inOrder(tx, account.id()));
    }

    private static Standing leaving(Deletion deletion) {
        return new Standing.Refused(
                ProblemType.ACCOUNT_LEAVING,
                "The account will be deleted at " + deletion.dueAt() + ". Until then it can be kept:"
                        + " POST /auth/deletion/cancel, or in a browser /auth/login?keep=true.");
    }

    private static Uni<Boolean> hasEnded(Mutiny.Session tx, TokenHolder holder) {
        return holder.login()
                .map(login -> tx.find(EndedLogin.class, login).map(found -> found != null))
                .orElse(Uni.createFrom().item(false));
    }

    private static Uni<Standing> inOrder(Mutiny.Session tx, UUID user) {
        return Accounts.households(tx, user)
                .map(households -> new Standing.InOrder(
                        households.stream().map(Principal::household).collect(Collectors.toSet())));
    }

    @Override
    public Uni<Changes> changes(Optional<String> cursor) {
        return unlessAway(feed.changes(cursor));
    }

    private static <T> Uni<T> unlessAway(Uni<T> answer) {
        return answer.onFailure().transform(failure -> new SessionsUnavailable("auth cannot ask its tables", failure));
    }
}
