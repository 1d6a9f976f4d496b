package dev.hearth.auth.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// People who share stores.
@Entity
@Table(name = "household")
public class Household {
    @Id
    private UUID id = new UUID(0, 0);

    private String name = "";

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    /// Hibernate's.
    protected Household() {}

    Household(UUID id, String name, Instant now) {
        this.id = id;
        this.name = name;
        this.createdAt = now;
    }

    void rename(String newName) {
        name = newName;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
