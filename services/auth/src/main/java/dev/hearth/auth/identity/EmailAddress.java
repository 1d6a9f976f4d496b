package dev.hearth.auth.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Somebody's address, in small letters. Never in a log.
public record EmailAddress(String value) {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s\\p{Cntrl}@<>()\",;:\\\\]{1,64}@[^\\s\\p{Cntrl}@<>()\",;:\\\\]{1,190}");

    public EmailAddress {
        if (!ADDRESS.matcher(value).matches()) {
            throw new IllegalArgumentException("this is no e-mail address");
        }
    }

    /// As somebody typed it; empty for what can be none.
    public static Optional<EmailAddress> parse(String typed) {
        var address = typed.strip().toLowerCase(Locale.ROOT);
        return ADDRESS.matcher(address).matches() ? Optional.of(new EmailAddress(address)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "EmailAddress[hidden]";
    }
}
