package dev.hearth.caller;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What a verified access token says of its user. `login` is Keycloak's session, `sid`.
public record TokenHolder(
        UUID user,
        Optional<String> login,
        Instant issuedAt,
        Optional<String> email,
        Optional<String> name,
        boolean admin) {}
