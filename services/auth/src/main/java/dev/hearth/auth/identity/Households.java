package dev.hearth.auth.identity;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/// Households and who belongs to them. Each change is told of the household and of the person whose place it changed.
/// Who is no member is told that there is no such household.
@ApplicationScoped
public class Households {
    static final int MOST_MEMBERS = 50;
    static final int MOST_HOUSEHOLDS = 20;
    private static final String MEMBERS = "from Member m where m.household = :household order by m.joinedAt, m.account";
    private static final String MINE = "from Member m where m.account = :user order by m.joinedAt, m.household";

    /// A household, and what one is in it.
    public record Belonging(Household household, Member.Role role) {}

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
        return as(
                user,
                household.id(),
                tx -> mayBelongToOneMore(tx, user)
                        .flatMap(_ -> tx.persist(household))
                        .flatMap(_ -> join(tx, household.id(), user, Member.Role.ADMIN, "household-made"))
                        .replaceWith(household));
    }

    /// Nothing happens to who is a member already. Whoever calls this has found out that the user may come in.
    public Uni<Void> join(UUID household, UUID user, Member.Role role) {
        return as(user, household, tx -> join(tx, household, user, role));
    }

    Uni<Void> join(Mutiny.Session tx, UUID household, UUID user, Member.Role role) {
        return tx.find(Member.class, new Member.Key(household, user))
                .flatMap(known -> known != null
                        ? Uni.createFrom().voidItem()
                        : mayBelongToOneMore(tx, user)
                                .flatMap(_ -> hasRoom(tx, household))
                                .flatMap(_ -> join(tx, household, user, role, "member-joined")));
    }

    private Uni<Void> join(Mutiny.Session tx, UUID household, UUID user, Member.Role role, String type) {
        return tx.persist(new Member(household, user, role, clock.instant()))
                .flatMap(_ -> tell(tx, type, household, user));
    }

    private static Uni<Void> mayBelongToOneMore(Mutiny.Session tx, UUID user) {
        return mine(tx, user)
                .invoke(known -> {
                    if (known.size() >= MOST_HOUSEHOLDS) {
                        throw forbidden("One person belongs to at most " + MOST_HOUSEHOLDS + " households.");
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> hasRoom(Mutiny.Session tx, UUID household) {
        return members(tx, household)
                .invoke(known -> {
                    if (known.size() >= MOST_MEMBERS) {
                        throw forbidden("A household has at most " + MOST_MEMBERS + " members.");
                    }
                })
                .replaceWithVoid();
    }

    /// The households that the user belongs to.
    public Uni<List<Belonging>> list(UUID user) {
        return tables.inTransaction(Caller.of(Principal.user(user)), tx -> mine(tx, user))
                .flatMap(memberships -> tables.inTransaction(caller(user, memberships), tx -> all(tx, memberships)));
    }

    private static Uni<List<Belonging>> all(Mutiny.Session tx, List<Member> memberships) {
        if (memberships.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Object[] ids = memberships.stream().map(Member::household).toArray();
        return tx.find(Household.class, ids)
                .map(found -> memberships.stream()
                        .flatMap(member -> found.stream()
                                .filter(household ->
                                        household != null && household.id().equals(member.household()))
                                .map(household -> new Belonging(household, member.role())))
                        .toList());
    }

    static Caller caller(UUID user, List<Member> memberships) {
        return SessionRow.caller(
                user,
                memberships.stream()
                        .map(Member::household)
                        .map(Principal::household)
                        .collect(Collectors.toSet()),
                Rights.ALL);
    }

    public Uni<Household> rename(UUID user, UUID household, String name) {
        return asAdmin(user, household, (tx, locked) -> {
            locked.rename(name);
            return members(tx, household)
                    .flatMap(members ->
                            outbox.tell(tx, IdentityEvent.household("household-renamed", household, members)))
                    .replaceWith(locked);
        });
    }

    /// Those who belong to the household, for one of them.
    public Uni<List<Roommate>> members(UUID user, UUID household) {
        return tables.call(Roommate.ALL, Tuple.of(user, household)).map(rows -> {
            if (rows.size() == 0) {
                throw noHousehold();
            }
            return StreamSupport.stream(rows.spliterator(), false)
                    .map(Roommate::of)
                    .toList();
        });
    }

    /// Takes somebody out: oneself, or as an administrator anybody. The last one out takes the household along.
    public Uni<Void> remove(UUID user, UUID household, UUID leaving) {
        return asMember(
                user,
                household,
                (tx, own) -> locked(tx, household)
                        .flatMap(_ -> members(tx, household))
                        .flatMap(members -> {
                            if (!user.equals(leaving) && own.role() != Member.Role.ADMIN) {
                                throw forbidden("Only an administrator of the household may take others out.");
                            }
                            var member = Membership.of(members, leaving).orElseThrow(Households::noMember);
                            Membership.checkAdminStays(members, leaving);
                            return leave(tx, member, members.size() == 1);
                        }));
    }

    Uni<Void> leave(Mutiny.Session tx, Member member, boolean last) {
        return tx.remove(member)
                .flatMap(_ -> tell(tx, "member-left", member.household(), member.account()))
                .flatMap(_ -> last
                        ? tx.find(Household.class, member.household()).flatMap(tx::remove)
                        : Uni.createFrom().voidItem());
    }

    /// Makes a member an administrator of the household, or an administrator a member.
    public Uni<Void> change(UUID user, UUID household, UUID changed, Member.Role role) {
        return asAdmin(
                user,
                household,
                (tx, _) -> members(tx, household).flatMap(members -> {
                    var member = Membership.of(members, changed).orElseThrow(Households::noMember);
                    if (role != Member.Role.ADMIN) {
                        Membership.checkAdminStays(members, changed);
                    }
                    member.become(role);
                    return tell(tx, "member-changed", household, changed);
                }));
    }

    private Uni<Void> tell(Mutiny.Session tx, String type, UUID household, UUID user) {
        return tx.flush()
                .flatMap(_ -> members(tx, household))
                .flatMap(members -> outbox.tell(tx, IdentityEvent.household(type, household, members)))
                .flatMap(_ -> accounts.tell(tx, type, user));
    }

    static Uni<List<Member>> members(Mutiny.Session tx, UUID household) {
        return tx.createSelectionQuery(MEMBERS, Member.class)
                .setParameter("household", household)
                .getResultList();
    }

    static Uni<List<Member>> mine(Mutiny.Session tx, UUID user) {
        return tx.createSelectionQuery(MINE, Member.class)
                .setParameter("user", user)
                .getResultList();
    }

    /// So that two administrators cannot leave at once.
    static Uni<Household> locked(Mutiny.Session tx, UUID household) {
        return tx.find(Household.class, household, LockModeType.PESSIMISTIC_WRITE);
    }

    <T> Uni<T> asAdmin(UUID user, UUID household, BiFunction<Mutiny.Session, Household, Uni<T>> work) {
        return asMember(user, household, (tx, member) -> {
            if (member.role() != Member.Role.ADMIN) {
                throw forbidden("Only an administrator of the household may do that.");
            }
            return locked(tx, household).flatMap(found -> work.apply(tx, found));
        });
    }

    private <T> Uni<T> asMember(UUID user, UUID household, BiFunction<Mutiny.Session, Member, Uni<T>> work) {
        return as(
                user,
                household,
                tx -> tx.find(Member.class, new Member.Key(household, user)).flatMap(member -> {
                    if (member == null) {
                        throw noHousehold();
                    }
                    return work.apply(tx, member);
                }));
    }

    <T> Uni<T> as(UUID user, UUID household, Function<Mutiny.Session, Uni<T>> work) {
        var self = Principal.user(user);
        return tables.inTransaction(new Caller(self, Set.of(self, Principal.household(household)), Rights.ALL), work);
    }

    private static ProblemException noHousehold() {
        return new ProblemException(ProblemType.NOT_FOUND, "The caller belongs to no such household.");
    }

    private static ProblemException noMember() {
        return new ProblemException(ProblemType.NOT_FOUND, "The household has no such member.");
    }

    private static ProblemException forbidden(String detail) {
        return new ProblemException(ProblemType.FORBIDDEN, detail);
    }
}
