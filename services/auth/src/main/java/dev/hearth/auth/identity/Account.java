package dev.hearth.auth.identity;

import dev.hearth.contracts.Principal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person, under Keycloak's id for them.
@Entity
@Table(name = "account")
public class Account {
    @Id
    private UUID id = new UUID(0, 0);

    @Enumerated(EnumType.STRING)
    private AccountState state = AccountState.PENDING;

    private @Nullable String email;
    private @Nullable String name;
    private boolean admin;

    @Column(name = "time_zone")
    private String timeZone = "Etc/UTC";

    private String locale = "en";

    @Column(name = "terms_version")
    private @Nullable String termsVersion;

    @Column(name = "terms_at")
    private @Nullable Instant termsAt;

    @Column(name = "age_attested_at")
    private @Nullable Instant ageAttestedAt;

    @Column(name = "told_at")
    private Instant toldAt = Instant.EPOCH;

    @Column(name = "not_before")
    private @Nullable Instant notBefore;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    /// Hibernate's.
    protected Account() {}

    Account(UUID id, AccountState state, Instant now) {
        this.id = id;
        this.state = state;
        this.createdAt = now;
    }

    /// Takes over what Keycloak says, unless something newer was told before. The name is the person's own once it is
    /// there. True if that changed anything that others are told.
    boolean told(Claims claims) {
        if (state == AccountState.DELETED || !claims.issuedAt().isAfter(toldAt)) {
            return false;
        }
        toldAt = claims.issuedAt();
        claims.email().ifPresent(address -> email = address);
        if (name == null) {
            name = claims.name().orElse(null);
        }
        boolean changed = claims.admin() != admin;
        admin = claims.admin();
        return changed;
    }

    public void rename(String newName) {
        name = newName;
    }

    public void live(ZoneId zone) {
        timeZone = zone.getId();
    }

    public void speak(Locale language) {
        locale = language.toLanguageTag();
    }

    public void acceptTerms(String version, Instant now) {
        termsVersion = version;
        termsAt = now;
    }

    public void attestAge(Instant now) {
        ageAttestedAt = now;
    }

    public void become(AccountState newState) {
        state = newState;
    }

    /// Access tokens issued up to now no longer count.
    public void endLogins(Instant now) {
        notBefore = now;
    }

    public UUID id() {
        return id;
    }

    public Principal principal() {
        return Principal.user(id);
    }

    public AccountState state() {
        return state;
    }

    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    public boolean admin() {
        return admin;
    }

    public String timeZone() {
        return timeZone;
    }

    public String locale() {
        return locale;
    }

    public Optional<String> termsVersion() {
        return Optional.ofNullable(termsVersion);
    }

    public Optional<Instant> termsAt() {
        return Optional.ofNullable(termsAt);
    }

    public Optional<Instant> ageAttestedAt() {
        return Optional.ofNullable(ageAttestedAt);
    }

    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    public Instant createdAt() {
        return createdAt;
    }
}
