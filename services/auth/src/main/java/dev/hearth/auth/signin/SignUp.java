package dev.hearth.auth.signin;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.identity.Account;
import dev.hearth.auth.identity.AccountState;
import dev.hearth.auth.identity.Accounts;
import dev.hearth.auth.identity.Claims;
import dev.hearth.auth.keycloak.KeycloakPeople;
import dev.hearth.auth.keycloak.KeycloakPeople.Added;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Makes accounts for those who come and want one, as far as this server lets them.
@ApplicationScoped
class SignUp {
    private final KeycloakPeople people;
    private final Accounts accounts;
    private final AuthConfig config;
    private final Attempts attempts;
    private final Clock clock;

    SignUp(KeycloakPeople people, Accounts accounts, AuthConfig config, Clock clock) {
        this.people = people;
        this.accounts = accounts;
        this.config = config;
        this.attempts = new Attempts(config.guessing().registrationsPerHour(), Duration.ofHours(1));
        this.clock = clock;
    }

    /// The new account, which may have to wait for an administrator.
    Uni<Account> register(Registration registration, Visitor visitor) {
        var state = stateOfNew();
        registration.checkConsent(config);
        var email = registration.checkedEmail();
        var password = registration.checkedPassword();
        var name = registration.checkedName();
        attempts.count(visitor.address());
        return people.add(email, name, password).flatMap(added -> switch (added) {
            case Added.Person person ->
                finished(person.id(), claims(email, name), state, registration)
                        .onFailure()
                        .call(() -> takenBack(person.id()));
            case Added.EmailTaken _ -> throw Refusals.emailTaken();
            case Added.Refused refused -> throw Refusals.registration(refused.reason());
        });
    }

    private AccountState stateOfNew() {
        return switch (config.registration()) {
            case OPEN -> AccountState.ACTIVE;
            case APPROVAL -> AccountState.PENDING;
            case INVITED -> throw Refusals.closed("One has to be invited to this server.");
            case CLOSED -> throw Refusals.closed("This server takes no new accounts.");
        };
    }

    private Claims claims(String email, Optional<String> name) {
        return new Claims(Optional.of(email), name, false, clock.instant());
    }

    private Uni<Account> finished(UUID user, Claims claims, AccountState state, Registration registration) {
        var now = clock.instant();
        return accounts.meet(user, claims, state)
                .flatMap(_ -> accounts.change(user, "account-registered", account -> {
                    registration.knownZone().ifPresent(account::live);
                    registration.knownLocale().ifPresent(account::speak);
                    config.termsVersion().ifPresent(version -> account.acceptTerms(version, now));
                    if (registration.oldEnough()) {
                        account.attestAge(now);
                    }
                }))
                .map(Optional::orElseThrow);
    }

    /// An account at Keycloak that we do not know could not be registered again.
    private Uni<Void> takenBack(UUID user) {
        return people.remove(user)
                .onFailure()
                .invoke(_ -> Log.warnf("a half-made account stays at keycloak: user=%s", user))
                .onFailure()
                .recoverWithNull();
    }
}
