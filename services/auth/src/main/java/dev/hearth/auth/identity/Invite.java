package dev.hearth.auth.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A code that lets one person into a household, once.
@Entity
@Table(name = "invite")
public class Invite {
    @Id
    private UUID id = new UUID(0, 0);

    private UUID household = new UUID(0, 0);
    private byte[] hash = {};

    @Enumerated(EnumType.STRING)
    private Member.Role role = Member.Role.MEMBER;

    @Column(name = "created_by")
    private UUID createdBy = new UUID(0, 0);

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "expires_at")
    private Instant expiresAt = Instant.EPOCH;

    @Column(name = "used_at")
    private @Nullable Instant usedAt;

    @Column(name = "used_by")
    private @Nullable UUID usedBy;

    /// Hibernate's.
    protected Invite() {}

    Invite(UUID household, InviteCode code, Member.Role role, UUID createdBy, Instant now, Instant expiresAt) {
        this.id = UUID.randomUUID();
        this.household = household;
        this.hash = code.hash();
        this.role = role;
        this.createdBy = createdBy;
        this.createdAt = now;
        this.expiresAt = expiresAt;
    }

    boolean isGood(Instant now) {
        return usedAt == null && now.isBefore(expiresAt);
    }

    void use(UUID user, Instant now) {
        usedAt = now;
        usedBy = user;
    }

    public UUID id() {
        return id;
    }

    UUID household() {
        return household;
    }

    public Member.Role role() {
        return role;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }
}
