package dev.hearth.standalone.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;

/// A certificate and its key in two PEM files that somebody else keeps up, certbot for one.
public final class GivenFiles implements CertificateSource {
    /// How the two files looked; a link is looked through.
    private record Look(Object certificate, Object key) {}

    private final Path certificateFile;
    private final Path keyFile;
    private final HostName host;
    private final Clock clock;

    private volatile Look taken = new Look("", "");
    private volatile Look last = taken;

    /// @param host for whom the certificate has to be
    public GivenFiles(Path certificateFile, Path keyFile, HostName host, Clock clock) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.host = host;
        this.clock = clock;
    }

    @Override
    public ServerCertificate obtain() {
        taken = last = look();
        var certificates = parsed(certificateFile, "certificate").certificates();
        if (certificates.isEmpty()) {
            throw new CertificateUnusable("There is no certificate in " + certificateFile
                    + " (a block that begins with -----BEGIN CERTIFICATE-----).");
        }
        var keys = parsed(keyFile, "key");
        if (keys.encrypted()) {
            throw new CertificateUnusable("The key in " + keyFile + " is behind a password, and nobody can type it"
                    + " here. Take it off: openssl pkey -in " + keyFile + " -out server.key");
        }
        var key = keys.key()
                .orElseThrow(() -> new CertificateUnusable("There is no private key in " + keyFile
                        + " (a block that begins with -----BEGIN PRIVATE KEY-----)."));
        return checked(new ServerCertificate(key, certificates));
    }

    private ServerCertificate checked(ServerCertificate certificate) {
        if (!certificate.keyBelongs()) {
            throw new CertificateUnusable("The key in " + keyFile + " does not belong to the first certificate in "
                    + certificateFile + ". Give both of one pair, the server's own certificate first.");
        }
        int broken = certificate.brokenAt();
        if (broken < certificate.chain().size()) {
            throw new CertificateUnusable("Certificate " + (broken + 1) + " in " + certificateFile
                    + " is not signed by the one after it. Put them in order: the server's, then who signed it.");
        }
        Instant now = clock.instant();
        if (certificate.until().isBefore(now)) {
            throw new CertificateUnusable(
                    "The certificate in " + certificateFile + " ended on " + certificate.until() + ". Renew it.");
        }
        if (certificate.from().isAfter(now)) {
            throw new CertificateUnusable("The certificate in " + certificateFile + " begins on " + certificate.from()
                    + " only. Is this machine's clock right? It says " + now + ".");
        }
        if (!certificate.isFor(host)) {
            throw new CertificateUnusable("The certificate in " + certificateFile + " is for "
                    + String.join(", ", certificate.names()) + ", not for " + host
                    + ", which is the public URL's host. Give another certificate, or say with --public-url how people"
                    + " reach Hearth.");
        }
        return certificate;
    }

    /// Both files have to look the same twice, so that nothing is read while it is written.
    @Override
    public boolean isOutdated() {
        var now = look();
        boolean settled = now.equals(last);
        last = now;
        return settled && !now.equals(taken);
    }

    private Look look() {
        return new Look(look(certificateFile), look(keyFile));
    }

    private static Object look(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return file.toRealPath() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (IOException gone) {
            return "gone";
        }
    }

    private static Pem parsed(Path file, String what) {
        try {
            return Pem.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException missing) {
            throw new CertificateUnusable("The " + what + " file " + file + " does not exist.");
        } catch (AccessDeniedException denied) {
            throw new CertificateUnusable("The " + what + " file " + file + " may not be read by "
                    + System.getProperty("user.name") + ". Let them, or copy it to where they may.");
        } catch (IOException broken) {
            throw new CertificateUnusable(
                    "The " + what + " file " + file + " cannot be read as PEM: " + broken.getMessage(), broken);
        }
    }
}
