package dev.hearth.auth;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import org.jspecify.annotations.Nullable;

/// What came with a request, where something has to come.
public final class Given {
    private Given() {}

    /// The body; an empty one, and JSON's `null`, arrive as none.
    public static <T> T body(@Nullable T body) {
        if (body == null) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "This needs a body with a JSON object.");
        }
        return body;
    }
}
