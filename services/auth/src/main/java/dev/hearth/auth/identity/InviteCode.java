package dev.hearth.auth.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The code of an invite, to be read out and typed: 80 random bits in letters and digits that are not mistaken for each
/// other (Crockford's), in groups of four.
public record InviteCode(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 16;
    private static final Pattern PLAIN = Pattern.compile("[0-9A-HJKMNP-TV-Z]{" + LENGTH + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static InviteCode random() {
        var code = new StringBuilder(LENGTH);
        for (int digit = 0; digit < LENGTH; digit++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new InviteCode(code.toString());
    }

    /// As somebody typed it, with or without hyphens, O for 0, I and L for 1. Empty for what can be no code.
    public static Optional<InviteCode> parse(String typed) {
        if (typed.length() > 4 * LENGTH) {
            return Optional.empty();
        }
        var plain = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return PLAIN.matcher(plain).matches() ? Optional.of(new InviteCode(plain)) : Optional.empty();
    }

    /// For people.
    public String written() {
        return value.replaceAll("(.{4})(?!$)", "$1-");
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "InviteCode[hidden]";
    }
}
