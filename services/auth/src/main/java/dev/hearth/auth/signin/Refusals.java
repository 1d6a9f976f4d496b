package dev.hearth.auth.signin;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemException;
import java.util.Map;

/// What is said to those who do not get in.
final class Refusals {
    private static final Map<String, String> PASSWORDS = Map.of(
            "invalidPasswordMinLengthMessage", "A password has at least 10 characters.",
            "invalidPasswordMaxLengthMessage", "A password has at most 128 characters.",
            "invalidPasswordBlacklistedMessage",
                    "This password is among the most common ones, which are tried first; choose another.");

    private Refusals() {}

    static ProblemException signIn() {
        return new ProblemException(
                ProblemType.SIGN_IN_REFUSED,
                "The e-mail address or the password is wrong, or it was tried too often; then wait a minute.");
    }

    static ProblemException secondFactor() {
        return new ProblemException(
                ProblemType.SECOND_FACTOR_NEEDED,
                "A password is not enough for this account. Sign in in a browser, at /auth/login.");
    }

    static ProblemException of(Problem problem) {
        return new ProblemException(problem);
    }

    static ProblemException emailTaken() {
        return new ProblemException(
                ProblemType.EMAIL_TAKEN,
                "There is an account with this e-mail address; sign in, or reset its password.");
    }

    static ProblemException closed(String detail) {
        return new ProblemException(ProblemType.REGISTRATION_CLOSED, detail);
    }

    static ProblemException password(String reason) {
        return new ProblemException(
                ProblemType.PASSWORD_REFUSED,
                PASSWORDS.getOrDefault(reason, "This password is not accepted; choose a longer one."));
    }

    /// Keycloak's reasons for not making an account: most are about the password.
    static ProblemException registration(String reason) {
        return reason.startsWith("invalidPassword")
                ? password(reason)
                : new ProblemException(
                        ProblemType.INVALID_REQUEST, "The e-mail address or the name is not accepted as it is.");
    }

    static ProblemException noSession() {
        return new ProblemException(
                ProblemType.NOT_AUTHENTICATED,
                "This is for sessions kept in a cookie; there is none, or it has ended.");
    }
}
