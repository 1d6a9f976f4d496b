package dev.hearth.auth.identity;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/// The e-mail by which an invite went to somebody, or shall go. Its secret is no part of what inviters see.
@Entity
@Immutable
@Table(name = "invite_mail")
public class InviteMail {
    public enum State {
        WAITING,
        SENT,
        /// It was refused, and is not tried again.
        FAILED
    }

    @Id
    private UUID invite = new UUID(0, 0);

    private UUID household = new UUID(0, 0);
    private String address = "";

    @Enumerated(EnumType.STRING)
    private State state = State.WAITING;

    /// Hibernate's.
    protected InviteMail() {}

    InviteMail(UUID invite, UUID household, EmailAddress address) {
        this.invite = invite;
        this.household = household;
        this.address = address.value();
    }

    UUID invite() {
        return invite;
    }

    UUID household() {
        return household;
    }

    public String address() {
        return address;
    }

    public State state() {
        return state;
    }
}
