package dev.hearth.testkit.sweep;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/// An issuer's key, in the hands of a test: so its tokens can be wrong in one thing alone.
public record Signer(PrivateKey secret, PublicKey known, String kid) {
    /// Somebody else's.
    static Signer stranger() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return new Signer(pair.getPrivate(), pair.getPublic(), "stranger");
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK has no RSA", broken);
        }
    }

    /// A token of this head and these claims, with a signature that is right.
    String sign(String head, String claims) {
        var unsigned = encoded(head) + "." + encoded(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(secret);
            signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
            return unsigned + "." + encoded(signature.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK cannot sign", broken);
        }
    }

    static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Signer[" + kid + "]";
    }
}
