package dev.hearth.standalone.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// This Hearth's own certificate authority. It can speak for names and addresses of a home network and for those it was
/// made for, so that its key, stolen, is no key to the rest of the world.
final class LocalAuthority {
    static final Duration LASTS = Duration.ofDays(3650);
    static final Duration CERTIFICATE_LASTS = Duration.ofDays(90);
    /// Other machines' clocks may be behind.
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final ServerCertificate held;

    private LocalAuthority(ServerCertificate held) {
        this.held = held;
        this.certificate = held.leaf();
    }

    /// The one that was made before, if its files are whole.
    static Optional<LocalAuthority> in(Path folder) {
        try {
            if (!Files.exists(certificateIn(folder))) {
                return Optional.empty();
            }
            var certificates =
                    Pem.parse(Files.readString(certificateIn(folder))).certificates();
            var key = Pem.parse(Files.readString(keyIn(folder))).key().orElseThrow();
            // Not a pair: it was being made when the power went.
            return Optional.of(new ServerCertificate(key, certificates))
                    .filter(ServerCertificate::keyBelongs)
                    .map(LocalAuthority::new);
        } catch (IOException | RuntimeException broken) {
            throw new CertificateUnusable(
                    "Hearth's own certificate authority in " + folder + " cannot be read: " + broken.getMessage()
                            + " Put its two files (ca.crt, ca.key) back, or remove both; then a new one is made, and has"
                            + " to be trusted anew.",
                    broken);
        }
    }

    static Path certificateIn(Path folder) {
        return folder.resolve("ca.crt");
    }

    private static Path keyIn(Path folder) {
        return folder.resolve("ca.key");
    }

    static LocalAuthority make(Path folder, Set<HostName> needed, Instant now) {
        var keys = newKeys();
        var machine = Names.machineName();
        // A later authority of this machine's has another name.
        var name = new X500Principal("O=Hearth,CN=Hearth on " + machine.orElse("this machine") + " ("
                + HexFormat.of().toHexDigits(RANDOM.nextInt()) + ")");
        try {
            var extensions = new JcaX509ExtensionUtils();
            var builder = builder(name, name, keys, now, now.plus(LASTS))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            extensions.createSubjectKeyIdentifier(keys.getPublic()))
                    .addExtension(
                            Extension.nameConstraints,
                            true,
                            Territory.of(Stream.concat(
                                            needed.stream(), machine.stream().map(HostName::new)))
                                    .constraints());
            var authority =
                    new LocalAuthority(new ServerCertificate(keys.getPrivate(), List.of(signed(builder, keys))));
            PrivateFile.write(keyIn(folder), Pem.of(keys.getPrivate()));
            PrivateFile.write(certificateIn(folder), Pem.of(List.of(authority.certificate)));
            return authority;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Instant until() {
        return held.until();
    }

    boolean maySpeakFor(HostName name) {
        return Territory.of(certificate).includes(name);
    }

    boolean hasSigned(ServerCertificate other) {
        try {
            other.leaf().verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /// What one compares before trusting it.
    String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    ServerCertificate issue(List<HostName> names, Instant now) {
        var keys = newKeys();
        try {
            var extensions = new JcaX509ExtensionUtils();
            var alternatives = names.stream().map(Territory::general).toArray(GeneralName[]::new);
            var builder = builder(
                            certificate.getSubjectX500Principal(),
                            new X500Principal("CN=" + names.getFirst()),
                            keys,
                            now,
                            now.plus(CERTIFICATE_LASTS))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            extensions.createAuthorityKeyIdentifier(certificate.getPublicKey()))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            var leaf = signed(builder, new KeyPair(certificate.getPublicKey(), held.key()));
            return new ServerCertificate(keys.getPrivate(), List.of(leaf));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair keys, Instant from, Instant until) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(126, RANDOM).setBit(126),
                Date.from(from.minus(CLOCKS_DIFFER)),
                Date.from(until),
                subject,
                keys.getPublic());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException {
        try {
            var signature = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signature));
        } catch (OperatorCreationException failure) {
            throw new GeneralSecurityException(failure);
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new UncheckedIOException(new IOException(failure));
        }
    }
}
