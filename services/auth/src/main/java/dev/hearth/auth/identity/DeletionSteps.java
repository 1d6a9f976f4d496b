package dev.hearth.auth.identity;

import dev.hearth.auth.identity.Deletion.Step;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/// What is done to the tables when an account's time has come, step by step. Each may run twice, and at once: what is
/// done already is found done.
@ApplicationScoped
public class DeletionSteps {
    /// An account, and what is to be done next with it.
    public record Claimed(UUID account, Step step) {}

    private final Tables tables;
    private final Accounts accounts;
    private final CookieSessions sessions;
    private final ApiTokens tokens;
    private final Households households;
    private final Clock clock;

    DeletionSteps(
            Tables tables,
            Accounts accounts,
            CookieSessions sessions,
            ApiTokens tokens,
            Households households,
            Clock clock) {
        this.tables = tables;
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.households = households;
        this.clock = clock;
    }

    /// An account whose time has come, for this process alone for so long; empty when there is none. From here on it
    /// cannot be kept any more.
    public Uni<Optional<Claimed>> claim(Duration lease) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        return tables.call("select account, step from claim_deletion($1, $2)", Tuple.of(now, now.plus(lease)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(row -> new Claimed(row.getUUID("account"), Step.valueOf(row.getString("step")))));
    }

    /// This process is still at it. False when another one has gone on from this step.
    public Uni<Boolean> renew(Claimed at, Duration lease) {
        var until = clock.instant().plus(lease).atOffset(ZoneOffset.UTC);
        return yes(
                "select renew_deletion($1, $2, $3)",
                Tuple.of(at.account(), at.step().name(), until));
    }

    /// The step is done. False when another process was faster.
    public Uni<Boolean> advance(Claimed from, Step to) {
        return yes(
                "select advance_deletion($1, $2, $3)",
                Tuple.of(from.account(), from.step().name(), to.name()));
    }

    private Uni<Boolean> yes(String function, Tuple parameters) {
        return tables.call(function, parameters)
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    public Uni<Void> endSessionsAndTokens(UUID user) {
        return tables.inTransaction(
                Caller.of(Principal.user(user)),
                tx -> sessions.endAll(tx, user).flatMap(_ -> tokens.revokeAll(tx, user)));
    }

    /// Takes the user out of their households. One that has nobody else ends, which is noted with the deletion; in one
    /// that has nobody else to administer it, whoever belongs to it for longest does so from now on.
    public Uni<Void> leaveHouseholds(UUID user) {
        return tables.inTransaction(Caller.of(Principal.user(user)), tx -> Households.mine(tx, user))
                .flatMap(memberships -> tables.inTransaction(
                        Households.caller(user, memberships), tx -> leaveAll(tx, user, memberships)));
    }

    private Uni<Void> leaveAll(Mutiny.Session tx, UUID user, List<Member> memberships) {
        return Multi.createFrom()
                .iterable(memberships.stream().map(Member::household).sorted().toList())
                .onItem()
                .transformToUniAndConcatenate(household -> Households.locked(tx, household)
                        .flatMap(_ -> Households.members(tx, household))
                        .flatMap(members -> leave(tx, user, household, members)))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .flatMap(ended -> note(tx, user, ended));
    }

    /// The household, if it ended.
    private Uni<Optional<UUID>> leave(Mutiny.Session tx, UUID user, UUID household, List<Member> members) {
        var own = Membership.of(members, user);
        if (own.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var others = Membership.others(members, user);
        var heir = Membership.losesItsAdmin(members, user) ? Optional.of(others.getFirst()) : Optional.<Member>empty();
        heir.ifPresent(member -> member.become(Member.Role.ADMIN));
        return households
                .leave(tx, own.get(), others.isEmpty())
                .flatMap(_ -> heir.map(member -> accounts.tell(tx, "member-changed", member.account()))
                        .orElse(Uni.createFrom().voidItem()))
                .replaceWith(others.isEmpty() ? Optional.of(household) : Optional.empty());
    }

    private static Uni<Void> note(Mutiny.Session tx, UUID user, List<UUID> ended) {
        return tx.find(Deletion.class, user)
                .invoke(deletion -> deletion.takeAlong(ended))
                .replaceWithVoid();
    }

    /// Whose stores are to be erased: the user's, and those of the households that ended with them.
    public Uni<List<Principal>> owners(UUID user) {
        return tables.inTransaction(
                Caller.of(Principal.user(user)),
                tx -> tx.find(Deletion.class, user)
                        .map(deletion -> Stream.concat(
                                        Stream.of(Principal.user(user)),
                                        Arrays.stream(deletion.households()).map(Principal::household))
                                .toList()));
    }

    /// Everything about the person goes, and the deletion is done.
    public Uni<Void> blank(UUID user) {
        return tables.call(
                        "select delete_account($1, $2)",
                        Tuple.of(user, clock.instant().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
