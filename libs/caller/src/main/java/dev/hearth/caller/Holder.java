package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Who holds a credential. `id` is the session's or the API token's; `roles` are realm roles, such as `admin`;
/// `expiresAt` is when it ends if it is not used again.
public record Holder(
        Caller caller, UUID id, Kind kind, Set<String> roles, Instant expiresAt, Optional<Instant> steppedUpAt) {
    public enum Kind {
        SESSION,
        API_TOKEN
    }

    public Holder {
        roles = Set.copyOf(roles);
    }
}
