package dev.hearth.sync.nativeface;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks texts that clients send before anything is made of them.
final class Texts {
    private Texts() {}

    static String required(String field, @Nullable String text, int maxLength) {
        return optional(field, text, maxLength).orElseThrow(() -> refused("\"" + field + "\" is missing."));
    }

    static Optional<String> optional(String field, @Nullable String text, int maxLength) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.isEmpty() || text.length() > maxLength) {
            throw refused("\"" + field + "\" has 1 to " + maxLength + " characters.");
        }
        return Optional.of(storable(field, text));
    }

    /// Postgres keeps no NUL, and half a surrogate pair is no text: two of them could not be told apart.
    static String storable(String field, String text) {
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused("\"" + field + "\" holds a NUL or half of a surrogate pair.");
        }
        return text;
    }

    static ProblemException refused(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
