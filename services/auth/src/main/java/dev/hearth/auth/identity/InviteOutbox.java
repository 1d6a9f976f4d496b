package dev.hearth.auth.identity;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/// Invites on their way by e-mail, written with the invite. One process has a message at a time; one that does not
/// come back loses it to the next, so a message may be sent twice, and is not lost.
@ApplicationScoped
public class InviteOutbox {
    private static final String PUT = """
            insert into invite_mail (invite, household, address, code, due_at)
            values (:invite, :household, :address, :code, :now)""";
    private static final String OF = "from InviteMail m where m.household = :household";
    private static final String TAKE = """
            select invite, attempt, address, code, household_name, inviter_name, expires_at
            from take_invite_mail($1, $2)""";

    /// A message that whoever took it has to send.
    public record Taken(
            UUID invite,
            int attempt,
            EmailAddress to,
            InviteCode code,
            String household,
            Optional<String> inviter,
            Instant expiresAt) {
        @Override
        public String toString() {
            return "Taken[" + invite + "]";
        }
    }

    private final Tables tables;

    InviteOutbox(Tables tables) {
        this.tables = tables;
    }

    /// The invite itself is written first.
    Uni<InviteMail> put(Mutiny.Session tx, Invite invite, InviteCode code, EmailAddress to, Instant now) {
        var mail = new InviteMail(invite.id(), invite.household(), to);
        return tx.flush()
                .flatMap(_ -> tx.createNativeQuery(PUT)
                        .setParameter("invite", mail.invite())
                        .setParameter("household", mail.household())
                        .setParameter("address", mail.address())
                        .setParameter("code", code.value())
                        .setParameter("now", now)
                        .executeUpdate())
                .replaceWith(mail);
    }

    Uni<List<InviteMail>> of(Mutiny.Session tx, UUID household) {
        return tx.createSelectionQuery(OF, InviteMail.class)
                .setParameter("household", household)
                .getResultList();
    }

    /// The next that is due, which nobody else gets before `until`.
    public Uni<Optional<Taken>> take(Instant now, Instant until) {
        return tables.call(TAKE, Tuple.of(utc(now), utc(until)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(InviteOutbox::taken)
                        .findFirst());
    }

    private static Taken taken(Row row) {
        return new Taken(
                row.getUUID("invite"),
                row.getInteger("attempt"),
                new EmailAddress(row.getString("address")),
                new InviteCode(row.getString("code")),
                row.getString("household_name"),
                Optional.ofNullable(row.getString("inviter_name")),
                row.getOffsetDateTime("expires_at").toInstant());
    }

    public Uni<Void> became(Taken mail, InviteMail.State state) {
        return tables.call("select invite_mail_became($1, $2)", Tuple.of(mail.invite(), state.name()))
                .replaceWithVoid();
    }

    /// To be tried again.
    public Uni<Void> waits(Taken mail, Instant due) {
        return tables.call("select invite_mail_waits($1, $2, $3)", Tuple.of(mail.invite(), mail.attempt(), utc(due)))
                .replaceWithVoid();
    }

    /// Takes away what belongs to invites that have ended.
    public Uni<Void> forget(Instant now) {
        return tables.call("select forget_invite_mails($1)", Tuple.of(utc(now))).replaceWithVoid();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
