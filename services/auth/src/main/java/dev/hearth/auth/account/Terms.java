package dev.hearth.auth.account;

import dev.hearth.auth.AuthConfig;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The terms that hold now. Nobody has accepted them but by saying which.
@ApplicationScoped
class Terms {
    private final Optional<String> version;

    Terms(AuthConfig config) {
        this.version = config.termsVersion();
    }

    void check(@Nullable String accepted) {
        if (version.isEmpty() || !version.get().equals(accepted)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    version.map(now -> "The terms that hold now are \"" + now + "\".")
                            .orElse("This server has no terms."));
        }
    }
}
