package dev.hearth.auth.identity;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Rights;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/// Households and who belongs to them. Each change is told of the household and of the person whose place it changed.
@ApplicationScoped
public class Households {
    private static final String MEMBERS = "from Member m where m.household = :household order by m.joinedAt, m.account";

    private final Tables tables;
    private final Accounts accounts;
    private final Outbox outbox;
    private final Clock clock;

    Households(Tables tables, Accounts accounts, Outbox outbox, Clock clock) {
        this.tables = tables;
        this.accounts = accounts;
        this.outbox = outbox;
        this.clock = clock;
    }

    public Uni<Household> create(UUID user, String name) {
        var household = new Household(UUID.randomUUID(), name, clock.instant());
        var first = new Member(household.id(), user, Member.Role.ADMIN, clock.instant());
        return as(
                user,
                household.id(),
                tx -> tx.persist(household)
                        .flatMap(_ -> tx.persist(first))
                        .flatMap(_ -> tell(tx, "household-made", household.id(), user))
                        .replaceWith(household));
    }

    /// Nothing happens to who is a member already.
    public Uni<Void> join(UUID household, UUID user, Member.Role role) {
        return as(
                user,
                household,
                tx -> tx.find(Member.class, new Member.Key(household, user))
                        .flatMap(known -> known != null
                                ? Uni.createFrom().voidItem()
                                : tx.persist(new Member(household, user, role, clock.instant()))
                                        .flatMap(_ -> tell(tx, "member-joined", household, user))));
    }

    /// False when the user is no member.
    public Uni<Boolean> leave(UUID household, UUID user) {
        return as(
                user,
                household,
                tx -> tx.find(Member.class, new Member.Key(household, user))
                        .flatMap(member -> member == null
                                ? Uni.createFrom().item(false)
                                : tx.remove(member)
                                        .flatMap(_ -> tell(tx, "member-left", household, user))
                                        .replaceWith(true)));
    }

    private Uni<Void> tell(Mutiny.Session tx, String type, UUID household, UUID user) {
        return tx.flush()
                .flatMap(_ -> members(tx, household))
                .flatMap(members -> outbox.tell(tx, IdentityEvent.household(type, household, members)))
                .flatMap(_ -> tx.find(Account.class, user))
                .flatMap(account -> accounts.tell(tx, type, account));
    }

    private static Uni<List<Member>> members(Mutiny.Session tx, UUID household) {
        return tx.createSelectionQuery(MEMBERS, Member.class)
                .setParameter("household", household)
                .getResultList();
    }

    /// Whoever calls this has found out that the user may act for the household.
    private <T> Uni<T> as(UUID user, UUID household, Function<Mutiny.Session, Uni<T>> work) {
        var self = Principal.user(user);
        return tables.inTransaction(new Caller(self, Set.of(self, Principal.household(household)), Rights.ALL), work);
    }
}
