package dev.hearth.auth.identity;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/// People's accounts.
@ApplicationScoped
public class Accounts {
    private static final String INSERT = """
            insert into account (id, state, time_zone, locale, told_at, created_at)
            values (:id, :state, 'Etc/UTC', 'en', to_timestamp(0), :now)
            on conflict (id) do nothing""";
    private static final String NAME_ACTOR = "select set_config('hearth.actor', :actor, true)";
    private static final String TELL = "select tell_of_account(:user, :type)";
    private static final String HOUSEHOLDS = "select m.household from Member m where m.account = :user";

    private final Tables tables;
    private final Outbox outbox;
    private final Clock clock;

    Accounts(Tables tables, Outbox outbox, Clock clock) {
        this.tables = tables;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// The account of somebody of whom Keycloak says this; made in this state when there is none.
    public Uni<Account> meet(UUID user, Claims claims, AccountState ifNew) {
        return tables.inTransaction(Caller.of(Principal.user(user)), tx -> meet(tx, user, claims, ifNew));
    }

    Uni<Account> meet(Mutiny.Session tx, UUID user, Claims claims, AccountState ifNew) {
        return tx.find(Account.class, user)
                .flatMap(known -> known == null
                        ? make(tx, user, ifNew).flatMap(made -> tellOf(tx, user, claims, made))
                        : tellOf(tx, user, claims, false));
    }

    /// Two may meet somebody at once: one of them makes the account.
    private Uni<Boolean> make(Mutiny.Session tx, UUID user, AccountState state) {
        return tx.createNativeQuery(INSERT)
                .setParameter("id", user)
                .setParameter("state", state.name())
                .setParameter("now", clock.instant().atOffset(ZoneOffset.UTC))
                .executeUpdate()
                .map(made -> made == 1);
    }

    private Uni<Account> tellOf(Mutiny.Session tx, UUID user, Claims claims, boolean made) {
        return tx.find(Account.class, user).flatMap(account -> {
            boolean changed = account.told(claims);
            if (!made && !changed) {
                return Uni.createFrom().item(account);
            }
            return tell(tx, made ? "account-made" : "account-changed", user).replaceWith(account);
        });
    }

    /// The user's account; empty when it was never seen.
    public Uni<Optional<Account>> find(UUID user) {
        return tables.inTransaction(
                Caller.of(Principal.user(user)),
                tx -> tx.find(Account.class, user).map(Optional::ofNullable));
    }

    /// Changes the user's account and tells of it; empty when there is none.
    public Uni<Optional<Account>> change(UUID user, String type, Consumer<Account> change) {
        return tables.inTransaction(
                Caller.of(Principal.user(user)),
                tx -> tx.find(Account.class, user).flatMap(account -> {
                    if (account == null) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    return changed(tx, account, type, change);
                }));
    }

    /// Changes somebody's account for an administrator, under whose name it is noted; empty when there is none, or none
    /// any more.
    public Uni<Optional<Account>> administer(UUID admin, UUID user, String type, Consumer<Account> change) {
        return tables.inTransaction(
                Caller.of(Principal.user(user)),
                tx -> tx.createNativeQuery(NAME_ACTOR, String.class)
                        .setParameter("actor", Principal.user(admin).toString())
                        .getSingleResult()
                        .flatMap(_ -> tx.find(Account.class, user))
                        .flatMap(account -> account == null || account.state() == AccountState.DELETED
                                ? Uni.createFrom().item(Optional.empty())
                                : changed(tx, stays(account), type, change)));
    }

    /// Who wants to leave can be kept by nobody else.
    private static Account stays(Account account) {
        if (account.state() == AccountState.LEAVING) {
            throw new ProblemException(
                    ProblemType.ACCOUNT_LEAVING, "The account is to be deleted; only its owner can keep it.");
        }
        return account;
    }

    private Uni<Optional<Account>> changed(Mutiny.Session tx, Account account, String type, Consumer<Account> change) {
        change.accept(account);
        return tell(tx, type, account.id()).replaceWith(Optional.of(account));
    }

    /// Tells how this account stands now, after what was changed before.
    Uni<Void> tell(Mutiny.Session tx, String type, UUID user) {
        return tx.flush()
                .flatMap(_ -> tx.createNativeQuery(TELL, Integer.class)
                        .setParameter("user", user)
                        .setParameter("type", type)
                        .getResultList())
                .replaceWithVoid();
    }

    static Uni<List<UUID>> households(Mutiny.Session tx, UUID user) {
        return tx.createSelectionQuery(HOUSEHOLDS, UUID.class)
                .setParameter("user", user)
                .getResultList();
    }

    /// Marks a login at Keycloak as ended: its tokens count no more.
    public Uni<Void> endLogin(UUID user, String login) {
        return tables.inTransaction(Caller.of(Principal.user(user)), ending(user, login));
    }

    private Function<Mutiny.Session, Uni<Void>> ending(UUID user, String login) {
        return tx -> tx.find(EndedLogin.class, login)
                .flatMap(known -> known != null
                        ? Uni.createFrom().voidItem()
                        : tx.persist(new EndedLogin(login, user, clock.instant()))
                                .flatMap(_ -> outbox.tell(tx, IdentityEvent.loginEnded(login, user))));
    }
}
