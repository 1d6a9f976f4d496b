package dev.hearth.testkit;

import dev.hearth.caller.Credential;
import dev.hearth.contracts.Rights;
import java.time.Duration;
import java.util.UUID;

/// What happens to accounts, for tests of those who ask about them. What a method did is committed when it returns.
public interface Identities {
    /// Somebody new whose account is in order.
    UUID someone();

    /// Somebody new who waits for an administrator's word.
    UUID someonePending();

    void disable(UUID user);

    void enable(UUID user);

    void delete(UUID user);

    Credential.SessionCookie signIn(UUID user);

    void end(Credential.SessionCookie session);

    Credential.ApiToken issue(UUID user, Rights rights, Duration life);

    void withdraw(Credential.ApiToken token);

    /// A new household of these people.
    UUID household(UUID first, UUID... others);

    void join(UUID household, UUID user);

    void leave(UUID household, UUID user);

    /// Ends one login at Keycloak, under its `sid`.
    void endLogin(UUID user, String sid);

    /// Ends all: access tokens issued until now count no more.
    void endAllLogins(UUID user);
}
