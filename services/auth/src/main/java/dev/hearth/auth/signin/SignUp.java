package dev.hearth.auth.signin;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.identity.Account;
import dev.hearth.auth.identity.AccountState;
import dev.hearth.auth.identity.Accounts;
import dev.hearth.auth.identity.Claims;
import dev.hearth.auth.identity.InviteCode;
import dev.hearth.auth.identity.Invites;
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
    private final Invites invites;
    private final AuthConfig config;
    private final Attempts attempts;
    private final Clock clock;

    SignUp(KeycloakPeople people, Accounts accounts, Invites invites, AuthConfig config, Clock clock) {
        this.people = people;
        this.accounts = accounts;
        this.invites = invites;
        this.config = config;
        this.attempts = new Attempts(config.guessing().registrationsPerHour(), Duration.ofHours(1));
        this.clock = clock;
    }

    /// The new account, which may have to wait for an administrator. Who was invited need not.
    Uni<Account> register(Registration registration, Visitor visitor) {
        registration.checkConsent(config);
        var email = registration.checkedEmail();
        var password = registration.checkedPassword();
        var name = registration.checkedName();
        attempts.count(visitor.address());
        return invited(registration).flatMap(code -> {
            var state = stateOfNew(code.isPresent());
            return people.add(email, name, password).flatMap(added -> switch (added) {
                case Added.Person person ->
                    finished(person.id(), claims(email, name), state, registration)
                            .call(account -> joined(account, code))
                            .onFailure()
                            .call(() -> takenBack(person.id()));
                case Added.EmailTaken _ -> throw Refusals.emailTaken();
                case Added.Refused refused -> throw Refusals.registration(refused.reason());
            });
        });
    }

    /// The code of an invite that is good now, if they brought one.
    private Uni<Optional<InviteCode>> invited(Registration registration) {
        if (registration.invite().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var code = InviteCode.parse(registration.invite().get()).orElseThrow(Invites::invalid);
        return invites.look(code).replaceWith(Optional.of(code));
    }

    private AccountState stateOfNew(boolean invited) {
        return switch (config.registration()) {
            case OPEN -> AccountState.ACTIVE;
            case APPROVAL -> invited ? AccountState.ACTIVE : AccountState.PENDING;
            case INVITED -> {
                if (!invited) {
                    throw Refusals.closed("One has to be invited to this server.");
                }
                yield AccountState.ACTIVE;
            }
            case CLOSED -> throw Refusals.closed("This server takes no new accounts.");
        };
    }

    private Uni<Void> joined(Account account, Optional<InviteCode> code) {
        return code.map(known -> invites.accept(account.id(), known).replaceWithVoid())
                .orElse(Uni.createFrom().voidItem());
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
