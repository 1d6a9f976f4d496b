package dev.hearth.auth.signin;

import dev.hearth.auth.identity.EmailAddress;
import dev.hearth.auth.keycloak.Password;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An address and a password, as a client posts them; `device` is what the session shall be called.
public record Credentials(String email, String password, Optional<String> device) {
    private static final int MAX_PASSWORD = 1_000;

    String checkedEmail() {
        return email(email);
    }

    Password checkedPassword() {
        return password(password);
    }

    static String email(@Nullable String text) {
        return EmailAddress.parse(text == null ? "" : text)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.INVALID_REQUEST, "\"email\" is not an e-mail address."))
                .value();
    }

    static Password password(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_PASSWORD) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "\"password\" has 1 to " + MAX_PASSWORD + " characters.");
        }
        return new Password(text);
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
