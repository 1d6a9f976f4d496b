package dev.hearth.auth.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;

/// That an account is to be deleted, or was. What the job does with it, functions do.
@Entity
@Table(name = "deletion")
public class Deletion {
    /// What is done next, in this order; each may be done again.
    public enum Step {
        /// For the time of grace.
        WAITING,
        /// Sessions, API tokens and the account at Keycloak end.
        LOGINS,
        /// They leave their households; those without anybody else end.
        HOUSEHOLDS,
        /// Their stores are erased, and those of the households that ended.
        STORES,
        /// Their account is blanked.
        ACCOUNT,
        DONE
    }

    @Id
    private UUID account = new UUID(0, 0);

    @Column(name = "requested_at")
    private Instant requestedAt = Instant.EPOCH;

    @Column(name = "due_at")
    private Instant dueAt = Instant.EPOCH;

    @Enumerated(EnumType.STRING)
    private Step step = Step.WAITING;

    private UUID[] households = {};

    /// Hibernate's.
    protected Deletion() {}

    Deletion(UUID account, Instant now, Instant dueAt) {
        this.account = account;
        this.requestedAt = now;
        this.dueAt = dueAt;
    }

    /// Also these households end with the account.
    void takeAlong(Collection<UUID> ended) {
        households = Stream.concat(Arrays.stream(households), ended.stream())
                .distinct()
                .toArray(UUID[]::new);
    }

    UUID[] households() {
        return households;
    }

    public Instant requestedAt() {
        return requestedAt;
    }

    public Instant dueAt() {
        return dueAt;
    }

    public Step step() {
        return step;
    }
}
