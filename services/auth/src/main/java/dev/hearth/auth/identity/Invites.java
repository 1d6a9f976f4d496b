package dev.hearth.auth.identity;

import dev.hearth.auth.AuthConfig;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/// Invites into households. A code that is unknown, used, revoked or too old is one and the same: no invite.
@ApplicationScoped
public class Invites {
    private static final int MOST = 50;
    private static final String OPEN =
            "from Invite i where i.household = :household and i.usedAt is null and i.expiresAt > :now order by i.createdAt";
    private static final String MADE = "select count(*) from invite_made where account = :user and at > :since";
    private static final String NOTE = "insert into invite_made (account, at) values (:user, :now)";
    private static final String OF = "select id, household, household_name, expires_at, used_at from invite_of($1)";

    /// An invite and its code, which nobody sees again.
    public record Issued(Sent sent, InviteCode code) {}

    /// An invite, and how it goes to somebody, if it goes by e-mail.
    public record Sent(Invite invite, Optional<InviteMail> mail) {}

    /// What a good code is for.
    public record Offer(UUID invite, UUID household, String householdName, Instant expiresAt) {}

    private final Tables tables;
    private final Households households;
    private final InviteOutbox outbox;
    private final int perHour;
    private final Clock clock;

    Invites(Tables tables, Households households, InviteOutbox outbox, AuthConfig config, Clock clock) {
        this.tables = tables;
        this.households = households;
        this.outbox = outbox;
        this.perHour = config.invites().perHour();
        this.clock = clock;
    }

    /// @param to who shall get it by e-mail, once it is committed
    public Uni<Issued> issue(UUID user, UUID household, Member.Role role, Duration life, Optional<EmailAddress> to) {
        return households.asAdmin(
                user,
                household,
                (tx, _) -> counted(tx, user).flatMap(_ -> open(tx, household)).flatMap(known -> {
                    if (known.size() >= MOST) {
                        throw new ProblemException(
                                ProblemType.FORBIDDEN,
                                "A household has at most " + MOST + " open invites; revoke one.");
                    }
                    var now = clock.instant();
                    var code = InviteCode.random();
                    var invite = new Invite(household, code, role, user, now, now.plus(life));
                    return put(tx, invite, code, to).map(mail -> new Issued(new Sent(invite, mail), code));
                }));
    }

    private Uni<Optional<InviteMail>> put(
            Mutiny.Session tx, Invite invite, InviteCode code, Optional<EmailAddress> to) {
        return tx.persist(invite)
                .flatMap(_ -> to.map(address -> outbox.put(tx, invite, code, address, clock.instant())
                                .map(Optional::of))
                        .orElse(Uni.createFrom().item(Optional.empty())));
    }

    /// Also those that were taken back count, as their messages may be out.
    private Uni<Void> counted(Mutiny.Session tx, UUID user) {
        var now = clock.instant();
        return tx.createNativeQuery(MADE, Long.class)
                .setParameter("user", user)
                .setParameter("since", now.minus(Duration.ofHours(1)))
                .getSingleResult()
                .invoke(made -> {
                    if (made >= perHour) {
                        throw new ProblemException(
                                ProblemType.TOO_MANY_REQUESTS,
                                "At most " + perHour + " invites an hour; wait a while and try again.");
                    }
                })
                .flatMap(_ -> tx.createNativeQuery(NOTE)
                        .setParameter("user", user)
                        .setParameter("now", now)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /// Those that can still be accepted.
    public Uni<List<Sent>> list(UUID user, UUID household) {
        return households.asAdmin(
                user,
                household,
                (tx, _) -> open(tx, household)
                        .flatMap(invites -> outbox.of(tx, household)
                                .map(mails -> invites.stream()
                                        .map(invite -> new Sent(invite, mailOf(invite, mails)))
                                        .toList())));
    }

    private static Optional<InviteMail> mailOf(Invite invite, List<InviteMail> mails) {
        return mails.stream().filter(mail -> mail.invite().equals(invite.id())).findFirst();
    }

    public Uni<Void> revoke(UUID user, UUID household, UUID invite) {
        return households.asAdmin(
                user,
                household,
                (tx, _) -> tx.find(Invite.class, invite).flatMap(found -> {
                    if (found == null) {
                        throw new ProblemException(ProblemType.NOT_FOUND, "The household has no such invite.");
                    }
                    return tx.remove(found);
                }));
    }

    /// What this code is for.
    public Uni<Offer> look(InviteCode code) {
        return tables.call(OF, Tuple.of(code.hash()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .filter(this::isGood)
                        .map(Invites::offer)
                        .orElseThrow(Invites::invalid));
    }

    private boolean isGood(Row row) {
        return row.getValue("used_at") == null
                && clock.instant().isBefore(row.getOffsetDateTime("expires_at").toInstant());
    }

    private static Offer offer(Row row) {
        return new Offer(
                row.getUUID("id"),
                row.getUUID("household"),
                row.getString("household_name"),
                row.getOffsetDateTime("expires_at").toInstant());
    }

    /// Makes the user a member. Two who come with one code at once: one of them gets in.
    public Uni<Offer> accept(UUID user, InviteCode code) {
        return look(code)
                .flatMap(offer -> households.as(
                        user,
                        offer.household(),
                        tx -> tx.find(Invite.class, offer.invite(), LockModeType.PESSIMISTIC_WRITE)
                                .flatMap(invite -> {
                                    if (invite == null || !invite.isGood(clock.instant())) {
                                        throw invalid();
                                    }
                                    invite.use(user, clock.instant());
                                    return households.join(tx, offer.household(), user, invite.role());
                                })
                                .replaceWith(offer)));
    }

    private Uni<List<Invite>> open(Mutiny.Session tx, UUID household) {
        return tx.createSelectionQuery(OPEN, Invite.class)
                .setParameter("household", household)
                .setParameter("now", clock.instant())
                .getResultList();
    }

    public static ProblemException invalid() {
        return new ProblemException(
                ProblemType.INVITE_INVALID, "There is no such invite, or it was used, revoked or is too old.");
    }
}
