package dev.hearth.auth.identity;

import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StoreId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An API token that a person made for a program of theirs.
@Entity
@Table(name = "api_token")
public class IssuedToken {
    @Id
    private UUID id = new UUID(0, 0);

    private UUID account = new UUID(0, 0);
    private byte[] hash = {};
    private String name = "";

    @Column(name = "can_read")
    private boolean canRead;

    @Column(name = "can_write")
    private boolean canWrite;

    private UUID @Nullable [] stores;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "used_at")
    private @Nullable Instant usedAt;

    @Column(name = "expires_at")
    private Instant expiresAt = Instant.EPOCH;

    /// Hibernate's.
    protected IssuedToken() {}

    IssuedToken(UUID account, byte[] hash, String name, Rights rights, Instant now, Instant expiresAt) {
        this.id = UUID.randomUUID();
        this.account = account;
        this.hash = hash;
        this.name = name;
        this.canRead = rights.read();
        this.canWrite = rights.write();
        this.stores = rights.stores()
                .map(some -> some.stream().map(StoreId::value).sorted().toArray(UUID[]::new))
                .orElse(null);
        this.createdAt = now;
        this.expiresAt = expiresAt;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Rights rights() {
        return rights(canRead, canWrite, stores);
    }

    /// As the columns have it.
    static Rights rights(boolean read, boolean write, UUID @Nullable [] stores) {
        return new Rights(
                read,
                write,
                Optional.ofNullable(stores)
                        .map(some -> Arrays.stream(some).map(StoreId::new).collect(Collectors.toSet())));
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Optional<Instant> usedAt() {
        return Optional.ofNullable(usedAt);
    }

    public Instant expiresAt() {
        return expiresAt;
    }
}
