package dev.hearth.auth.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/// Somebody's place in a household.
@Entity
@Table(name = "member")
@IdClass(Member.Key.class)
public class Member {
    public enum Role {
        ADMIN,
        MEMBER
    }

    public record Key(UUID household, UUID account) implements Serializable {}

    @Id
    private UUID household = new UUID(0, 0);

    @Id
    private UUID account = new UUID(0, 0);

    @Enumerated(EnumType.STRING)
    private Role role = Role.MEMBER;

    @Column(name = "joined_at")
    private Instant joinedAt = Instant.EPOCH;

    /// Hibernate's.
    protected Member() {}

    Member(UUID household, UUID account, Role role, Instant now) {
        this.household = household;
        this.account = account;
        this.role = role;
        this.joinedAt = now;
    }

    void become(Role newRole) {
        role = newRole;
    }

    public UUID household() {
        return household;
    }

    public UUID account() {
        return account;
    }

    public Role role() {
        return role;
    }

    public Instant joinedAt() {
        return joinedAt;
    }
}
