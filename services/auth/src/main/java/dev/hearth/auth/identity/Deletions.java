package dev.hearth.auth.identity;

import dev.hearth.auth.AuthConfig;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/// People who want their account deleted, and may think better of it for a while.
@ApplicationScoped
public class Deletions {
    private static final String LAST = "select is_last_administrator(:user)";

    private final Tables tables;
    private final Accounts accounts;
    private final CookieSessions sessions;
    private final ApiTokens tokens;
    private final Duration grace;
    private final Clock clock;

    Deletions(
            Tables tables,
            Accounts accounts,
            CookieSessions sessions,
            ApiTokens tokens,
            AuthConfig config,
            Clock clock) {
        this.tables = tables;
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.grace = config.deletion().grace();
        this.clock = clock;
    }

    /// Notes that the account is to be deleted, and ends every way in. `typed` is the account's address, or its id
    /// where
    /// it has none.
    public Uni<Deletion> request(UUID user, String typed) {
        return tables.inTransaction(of(user), tx -> Households.mine(tx, user))
                .flatMap(memberships -> tables.inTransaction(
                        Households.caller(user, memberships),
                        tx -> locked(tx, user)
                                .invoke(account -> confirmed(account, typed))
                                .flatMap(account -> mayLeave(tx, account, memberships))
                                .flatMap(account -> begun(tx, account))));
    }

    private static Uni<Account> locked(Mutiny.Session tx, UUID user) {
        return tx.find(Account.class, user, LockModeType.PESSIMISTIC_WRITE).map(account -> {
            if (account == null || account.state() != AccountState.ACTIVE) {
                throw new ProblemException(ProblemType.NOT_AUTHENTICATED, "The account is not in order any more.");
            }
            return account;
        });
    }

    private static void confirmed(Account account, String typed) {
        var expected = account.email().orElseGet(() -> account.id().toString());
        if (!expected.equalsIgnoreCase(typed.strip())) {
            throw new ProblemException(
                    ProblemType.CONFIRMATION_NEEDED,
                    "Type the account's e-mail address as \"email\" (its id, if it has none).");
        }
    }

    private Uni<Account> mayLeave(Mutiny.Session tx, Account account, List<Member> memberships) {
        return tx.createNativeQuery(LAST, Boolean.class)
                .setParameter("user", account.id())
                .getSingleResult()
                .invoke(last -> {
                    if (last) {
                        throw new ProblemException(
                                ProblemType.LAST_ADMINISTRATOR,
                                "Nobody else administers this server; make somebody an administrator first.",
                                Map.of("households", List.of()));
                    }
                })
                .flatMap(_ -> withoutAdmin(tx, account.id(), memberships))
                .invoke(left -> {
                    if (!left.isEmpty()) {
                        throw new ProblemException(
                                ProblemType.LAST_ADMINISTRATOR,
                                "Make somebody else an administrator of these households first.",
                                Map.of("households", left));
                    }
                })
                .replaceWith(account);
    }

    /// The households that others stay in, without an administrator.
    private static Uni<List<UUID>> withoutAdmin(Mutiny.Session tx, UUID user, List<Member> memberships) {
        return Multi.createFrom()
                .iterable(memberships.stream().map(Member::household).sorted().toList())
                .onItem()
                .transformToUniAndConcatenate(household -> Households.locked(tx, household)
                        .flatMap(_ -> Households.members(tx, household))
                        .map(members -> Membership.losesItsAdmin(members, user)
                                ? Optional.of(household)
                                : Optional.<UUID>empty()))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private Uni<Deletion> begun(Mutiny.Session tx, Account account) {
        // As Postgres keeps it, so that everybody is told the same.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var deletion = new Deletion(account.id(), now, now.plus(grace));
        account.become(AccountState.LEAVING);
        account.endLogins(now);
        return tx.persist(deletion)
                .flatMap(_ -> sessions.endAll(tx, account.id()))
                .flatMap(_ -> tokens.revokeAll(tx, account.id()))
                .flatMap(_ -> accounts.tell(tx, "deletion-requested", account.id()))
                .replaceWith(deletion);
    }

    /// What somebody is told who comes while their account waits to be deleted: until when they can keep it.
    public Uni<ProblemException> refusal(UUID user) {
        return find(user)
                .map(found -> AccountState.LEAVING
                        .refusal()
                        .map(problem -> new ProblemException(
                                problem.problemType(),
                                problem.detail(),
                                found.<Map<String, Object>>map(deletion ->
                                                Map.of("dueAt", deletion.dueAt().toString()))
                                        .orElse(Map.of())))
                        .orElseThrow());
    }

    /// Empty when none was asked for.
    public Uni<Optional<Deletion>> find(UUID user) {
        return tables.inTransaction(
                of(user), tx -> tx.find(Deletion.class, user).map(Optional::ofNullable));
    }

    /// The account is kept. Nothing happens to one that nobody wants deleted, or whose deletion has begun.
    public Uni<Void> cancel(UUID user) {
        return tables.inTransaction(
                of(user),
                tx -> tx.find(Deletion.class, user, LockModeType.PESSIMISTIC_WRITE)
                        .flatMap(deletion -> deletion == null || deletion.step() != Deletion.Step.WAITING
                                ? Uni.createFrom().voidItem()
                                : kept(tx, user, deletion)));
    }

    private Uni<Void> kept(Mutiny.Session tx, UUID user, Deletion deletion) {
        return tx.find(Account.class, user)
                .invoke(account -> account.become(AccountState.ACTIVE))
                .flatMap(_ -> tx.remove(deletion))
                .flatMap(_ -> accounts.tell(tx, "deletion-cancelled", user));
    }

    private static Caller of(UUID user) {
        return Caller.of(Principal.user(user));
    }
}
