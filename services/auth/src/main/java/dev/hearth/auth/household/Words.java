package dev.hearth.auth.household;

import dev.hearth.auth.identity.Member;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How households are spoken of in requests and answers.
final class Words {
    private static final int MAX_NAME = 100;

    private Words() {}

    static String name(@Nullable String text) {
        var stripped = text == null ? "" : text.strip();
        if (stripped.isEmpty()
                || stripped.length() > MAX_NAME
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw invalid("The name of a household has 1 to " + MAX_NAME + " characters, all of them visible.");
        }
        return stripped;
    }

    /// What is no id belongs to nothing that there is.
    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The caller belongs to no such household.");
        }
    }

    static Member.Role role(@Nullable String text) {
        if ("admin".equals(text)) {
            return Member.Role.ADMIN;
        }
        if ("member".equals(text)) {
            return Member.Role.MEMBER;
        }
        throw invalid("A role is \"admin\" or \"member\".");
    }

    static String of(Member.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
