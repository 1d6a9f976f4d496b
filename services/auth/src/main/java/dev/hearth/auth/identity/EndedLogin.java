package dev.hearth.auth.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// A login at Keycloak that was ended while tokens of it may still be good.
@Entity
@Table(name = "ended_login")
public class EndedLogin {
    @Id
    private String login = "";

    private UUID account = new UUID(0, 0);

    @Column(name = "ended_at")
    private Instant endedAt = Instant.EPOCH;

    /// Hibernate's.
    protected EndedLogin() {}

    EndedLogin(String login, UUID account, Instant now) {
        this.login = login;
        this.account = account;
        this.endedAt = now;
    }
}
