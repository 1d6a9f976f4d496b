package dev.hearth.auth.keycloak;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;

/// Keycloak gave no answer that could be understood.
final class KeycloakUnavailable {
    private KeycloakUnavailable() {}

    static ProblemException problem() {
        return new ProblemException(ProblemType.UNAVAILABLE, "Sign-in cannot answer now; try again shortly.");
    }
}
