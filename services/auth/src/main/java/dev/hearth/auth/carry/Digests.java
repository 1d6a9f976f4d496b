package dev.hearth.auth.carry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What files are known by.
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
