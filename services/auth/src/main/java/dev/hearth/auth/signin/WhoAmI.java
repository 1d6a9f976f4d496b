package dev.hearth.auth.signin;

import dev.hearth.auth.identity.Account;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Whom the server takes the caller for. `session` is the cookie's; a token has none.
public record WhoAmI(UUID id, Optional<String> email, Optional<String> name, boolean admin, Optional<Session> session) {

    /// `steppedUpAt` is when the password was given last.
    public record Session(UUID id, Instant expiresAt, Optional<Instant> steppedUpAt) {}

    static WhoAmI of(Account account, Optional<Session> session) {
        return new WhoAmI(account.id(), account.email(), account.name(), account.admin(), session);
    }
}
