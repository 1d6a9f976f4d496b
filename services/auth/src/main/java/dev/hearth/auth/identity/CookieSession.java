package dev.hearth.auth.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A browser or a face that is signed in by a cookie.
@Entity
@Table(name = "session")
public class CookieSession {
    @Id
    private UUID id = new UUID(0, 0);

    private UUID account = new UUID(0, 0);
    private byte[] hash = {};
    private String device = "";
    private @Nullable String login;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "seen_at")
    private Instant seenAt = Instant.EPOCH;

    @Column(name = "stepped_up_at")
    private @Nullable Instant steppedUpAt;

    @Column(name = "expires_at")
    private Instant expiresAt = Instant.EPOCH;

    /// Hibernate's.
    protected CookieSession() {}

    CookieSession(
            UUID account,
            byte[] hash,
            String device,
            Optional<String> login,
            Optional<Instant> provenAt,
            Instant now,
            Instant expiresAt) {
        this.id = UUID.randomUUID();
        this.account = account;
        this.hash = hash;
        this.device = device;
        this.login = login.orElse(null);
        this.createdAt = now;
        this.seenAt = now;
        this.steppedUpAt = provenAt.orElse(null);
        this.expiresAt = expiresAt;
    }

    /// The password was given again: another secret, the same session.
    void stepUp(byte[] newHash, Instant now) {
        hash = newHash;
        seenAt = now;
        steppedUpAt = now;
    }

    public UUID id() {
        return id;
    }

    public UUID account() {
        return account;
    }

    public String device() {
        return device;
    }

    public Optional<String> login() {
        return Optional.ofNullable(login);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant seenAt() {
        return seenAt;
    }

    public Optional<Instant> steppedUpAt() {
        return Optional.ofNullable(steppedUpAt);
    }

    public Instant expiresAt() {
        return expiresAt;
    }
}
