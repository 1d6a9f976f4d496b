package dev.hearth.caller;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemException;
import dev.hearth.problems.Problems;
import io.quarkus.security.AuthenticationFailedException;

/// What is said to those who are not let in.
final class Doors {
    static final Problem NOBODY_CAN_SAY =
            new Problem(ProblemType.UNAVAILABLE, "It cannot be found out now who calls; try again shortly.");

    private Doors() {}

    /// As Quarkus knows it, for a credential that counts no more.
    static RuntimeException refused(ProblemType why, String detail) {
        return why == ProblemType.NOT_AUTHENTICATED
                ? new AuthenticationFailedException(detail)
                : new ProblemException(why, detail);
    }

    static RuntimeException unknown() {
        return new AuthenticationFailedException("unknown, ended or expired");
    }

    static Throwable unavailable(Throwable failure) {
        return failure instanceof SessionsUnavailable ? new ProblemException(NOBODY_CAN_SAY) : failure;
    }

    /// What a failure at the door is for what is open already.
    static Problem why(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem.problem();
            case AuthenticationFailedException _ -> Problems.TOKEN_REFUSED;
            default -> NOBODY_CAN_SAY;
        };
    }
}
