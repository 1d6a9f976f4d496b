package dev.hearth.standalone.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A certificate by this Hearth's own authority. Both are kept; a new certificate is made when the old one has less
/// than
/// a third of its time left, or when the machine is called something else.
public final class OwnCertificate implements CertificateSource {
    private static final Duration NAMES_STAY = Duration.ofMinutes(1);

    private final Path folder;
    private final Supplier<Names> names;
    private final Clock clock;
    private final Consumer<String> progress;

    private volatile Instant looked = Instant.MIN;
    private volatile boolean outdated;

    /// @param folder where authority and certificate are kept; made if it is missing
    /// @param names asked again now and then
    public OwnCertificate(Path folder, Supplier<Names> names, Clock clock, Consumer<String> progress) {
        this.folder = folder;
        this.names = names;
        this.clock = clock;
        this.progress = progress;
    }

    /// What has to be trusted by whoever connects.
    public static Path authorityIn(Path folder) {
        return LocalAuthority.certificateIn(folder);
    }

    @Override
    public ServerCertificate obtain() {
        outdated = false;
        Instant now = clock.instant();
        looked = now;
        var wanted = names.get();
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var authority = authority(wanted, now);
            var known = kept().filter(certificate -> isGood(certificate, authority, wanted, now));
            return known.isPresent() ? known.get() : made(authority, wanted, now);
        } catch (IOException failure) {
            throw new CertificateUnusable(
                    "No certificate can be kept in " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private LocalAuthority authority(Names wanted, Instant now) {
        var known = LocalAuthority.in(folder);
        if (known.isPresent()) {
            boolean lasts = known.get().until().isAfter(now.plus(LocalAuthority.CERTIFICATE_LASTS));
            var strange = wanted.needed().stream()
                    .filter(name -> !known.get().maySpeakFor(name))
                    .findFirst();
            if (lasts && strange.isEmpty()) {
                return known.get();
            }
            progress.accept("Hearth's old certificate authority "
                    + (lasts
                            ? "may not speak for " + strange.get()
                            : "ends on " + known.get().until())
                    + ": a new one is made, which has to be trusted anew");
        }
        var made = LocalAuthority.make(folder, wanted.needed(), now);
        howToTrust(made).forEach(progress);
        return made;
    }

    private List<String> howToTrust(LocalAuthority made) {
        var file = authorityIn(folder);
        return List.of(
                "Hearth has made a certificate authority of its own: " + file,
                "its SHA-256 is " + made.fingerprint(),
                "browsers and devices have to trust it, once each:",
                "  curl           curl --cacert " + file + " https://…",
                "  Debian, Ubuntu cp " + file
                        + " /usr/local/share/ca-certificates/hearth.crt && update-ca-certificates",
                "  Fedora         cp " + file + " /etc/pki/ca-trust/source/anchors/hearth.crt && update-ca-trust",
                "  macOS          security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ca.crt",
                "  Windows        certutil -user -addstore Root ca.crt",
                "  Firefox        Settings, Certificates, Authorities, Import",
                "more of it is in docs/operating.md");
    }

    private Optional<ServerCertificate> kept() throws IOException {
        if (!Files.exists(certificateFile()) || !Files.exists(keyFile())) {
            return Optional.empty();
        }
        var certificates = Pem.parse(Files.readString(certificateFile())).certificates();
        return Pem.parse(Files.readString(keyFile())).key().map(key -> new ServerCertificate(key, certificates));
    }

    private static boolean isGood(ServerCertificate certificate, LocalAuthority authority, Names wanted, Instant now) {
        return certificate.keyBelongs()
                && authority.hasSigned(certificate)
                && isFresh(certificate, now)
                && namesFor(authority, wanted).allMatch(certificate::isFor);
    }

    private static boolean isFresh(ServerCertificate certificate, Instant now) {
        var third = Duration.between(certificate.from(), certificate.until()).dividedBy(3);
        return now.isAfter(certificate.from())
                && now.isBefore(certificate.until().minus(third));
    }

    private static Stream<HostName> namesFor(LocalAuthority authority, Names wanted) {
        return Stream.concat(wanted.needed().stream(), wanted.useful().stream())
                .distinct()
                .filter(authority::maySpeakFor);
    }

    private ServerCertificate made(LocalAuthority authority, Names wanted, Instant now) {
        var names = namesFor(authority, wanted).toList();
        var certificate = authority.issue(names, now);
        PrivateFile.write(keyFile(), Pem.of(certificate.key()));
        PrivateFile.write(certificateFile(), Pem.of(certificate.chain()));
        progress.accept("Hearth's authority has made a certificate for " + names);
        return certificate;
    }

    private Path certificateFile() {
        return folder.resolve("server.crt");
    }

    private Path keyFile() {
        return folder.resolve("server.key");
    }

    @Override
    public boolean isOutdated() {
        Instant now = clock.instant();
        if (now.isAfter(looked.plus(NAMES_STAY))) {
            looked = now;
            var authority = LocalAuthority.in(folder);
            try {
                outdated = authority.isEmpty()
                        || kept().filter(certificate -> isGood(certificate, authority.get(), names.get(), now))
                                .isEmpty();
            } catch (IOException broken) {
                outdated = true;
            }
        }
        return outdated;
    }
}
