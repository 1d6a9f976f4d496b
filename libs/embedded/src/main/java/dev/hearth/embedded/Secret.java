package dev.hearth.embedded;

import java.security.SecureRandom;
import java.util.Base64;

/// A password or key. It cannot be printed by accident.
public record Secret(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret is not blank");
        }
    }

    /// A new secret of 192 random bits, in letters, digits, `-` and `_`.
    public static Secret random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
