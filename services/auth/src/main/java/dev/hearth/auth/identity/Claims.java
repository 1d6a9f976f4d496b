package dev.hearth.auth.identity;

import java.time.Instant;
import java.util.Optional;

/// What Keycloak says of a person, in a token issued then.
public record Claims(Optional<String> email, Optional<String> name, boolean admin, Instant issuedAt) {
    private static final int MAX_LENGTH = 255;

    public Claims {
        email = email.map(Claims::shortened);
        name = name.map(Claims::shortened).filter(text -> !text.isBlank());
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
