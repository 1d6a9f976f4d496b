package dev.hearth.auth.signin;

import dev.hearth.auth.keycloak.Password;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An address and a password, as a client posts them; `device` is what the session shall be called.
public record Credentials(String email, String password, Optional<String> device) {
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s\\p{Cntrl}@<>()\",;:\\\\]{1,64}@[^\\s\\p{Cntrl}@<>()\",;:\\\\]{1,190}");
    private static final int MAX_PASSWORD = 1_000;

    String checkedEmail() {
        return email(email);
    }

    Password checkedPassword() {
        return password(password);
    }

    static String email(@Nullable String text) {
        var address = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        if (!EMAIL.matcher(address).matches()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "\"email\" is not an e-mail address.");
        }
        return address;
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
