package dev.hearth.standalone.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// What a PEM file holds: certificates, a key, or both.
///
/// @param encrypted whether there is a key behind a password
record Pem(List<X509Certificate> certificates, Optional<PrivateKey> key, boolean encrypted) {
    private static final Map<String, String> KEYS = Map.of(
            "1.2.840.113549.1.1.1", "RSA",
            "1.2.840.10045.2.1", "EC",
            "1.3.101.112", "Ed25519");

    /// @throws IOException when the text is broken
    static Pem parse(String text) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        Optional<PrivateKey> key = Optional.empty();
        boolean encrypted = false;
        try (var parser = new PEMParser(new StringReader(text))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                switch (found) {
                    case X509CertificateHolder certificate -> certificates.add(certificate(certificate));
                    case PEMKeyPair pair -> key = Optional.of(key(pair.getPrivateKeyInfo()));
                    case PrivateKeyInfo info -> key = Optional.of(key(info));
                    case PEMEncryptedKeyPair _ -> encrypted = true;
                    case PKCS8EncryptedPrivateKeyInfo _ -> encrypted = true;
                    default -> {
                        // An EC key's parameters, for one.
                    }
                }
            }
        } catch (GeneralSecurityException | RuntimeException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
        return new Pem(certificates, key, encrypted);
    }

    private static X509Certificate certificate(X509CertificateHolder found)
            throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(found.getEncoded()));
    }

    private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
        var name = KEYS.get(algorithm);
        if (name == null) {
            throw new IOException("keys of the kind " + algorithm + " are not known here");
        }
        return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    static String of(List<X509Certificate> certificates) {
        try {
            var text = new StringBuilder();
            for (X509Certificate certificate : certificates) {
                text.append(written("CERTIFICATE", certificate.getEncoded()));
            }
            return text.toString();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String of(PrivateKey key) {
        return written("PRIVATE KEY", key.getEncoded());
    }

    private static String written(String type, byte[] content) {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
