package dev.hearth.auth.identity;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.AuthConfig.Registration;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// The state in which somebody begins of whom Keycloak knows and we do not. Keycloak registers nobody by itself, so an
/// administrator has added them, and they may come in; or they came by a sign-in elsewhere, and are strangers.
@ApplicationScoped
public class NewcomerState {
    private static final Uni<AccountState> ADDED = Uni.createFrom().item(AccountState.ACTIVE);

    private final Accounts accounts;
    private final Newcomers newcomers;
    private final AuthConfig config;

    NewcomerState(Accounts accounts, Newcomers newcomers, AuthConfig config) {
        this.accounts = accounts;
        this.newcomers = newcomers;
        this.config = config;
    }

    /// For a user whom we know already, anything.
    public Uni<AccountState> stateOf(UUID user) {
        if (!config.social() || config.registration() == Registration.OPEN) {
            return ADDED;
        }
        return accounts.find(user)
                .flatMap(known -> known.isPresent()
                        ? ADDED
                        : newcomers
                                .cameBySocialSignIn(user)
                                .map(stranger -> stranger ? AccountState.PENDING : AccountState.ACTIVE));
    }
}
