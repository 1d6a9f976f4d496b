package dev.hearth.standalone;

import dev.hearth.standalone.tls.CertificateSource;
import dev.hearth.standalone.tls.CertificateUnusable;
import dev.hearth.standalone.tls.GivenFiles;
import dev.hearth.standalone.tls.HostName;
import dev.hearth.standalone.tls.Names;
import dev.hearth.standalone.tls.OwnCertificate;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Whose certificate the origin shows.
sealed interface Tls {
    /// One by this Hearth's own authority.
    record Own() implements Tls {}

    /// One that somebody else makes and renews.
    record Given(Path certificate, Path key) implements Tls {
        public Given {
            certificate = certificate.toAbsolutePath().normalize();
            key = key.toAbsolutePath().normalize();
        }
    }

    static CertificateSource source(Tls tls, Settings settings, Consumer<String> progress) {
        var host = new HostName(settings.publicUrl().getHost());
        return switch (tls) {
            case Own _ ->
                new OwnCertificate(
                        settings.data().tls(),
                        () -> Names.ofThisMachine(host, settings.host()),
                        Clock.systemUTC(),
                        progress);
            case Given given -> new GivenFiles(given.certificate(), given.key(), host, Clock.systemUTC());
        };
    }

    /// Refuses what could not be served, before anything starts.
    static void check(Settings settings) {
        if (settings.tls().orElse(null) instanceof Given given) {
            try {
                source(given, settings, _ -> {}).obtain();
            } catch (CertificateUnusable unusable) {
                throw new Refusal(unusable.getMessage());
            }
        }
    }

    /// The authority that somebody has to be told of; one that gave its certificate to us is the operator's to know.
    static Optional<Path> authority(Settings settings) {
        return settings.tls()
                .filter(Own.class::isInstance)
                .map(_ -> OwnCertificate.authorityIn(settings.data().tls()));
    }

    static List<String> options(Optional<Tls> tls) {
        return switch (tls.orElse(null)) {
            case Own _ -> List.of("--tls");
            case Given given ->
                List.of(
                        "--tls-cert",
                        given.certificate().toString(),
                        "--tls-key",
                        given.key().toString());
            case null -> List.of();
        };
    }
}
