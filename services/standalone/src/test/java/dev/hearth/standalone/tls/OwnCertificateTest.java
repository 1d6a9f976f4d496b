package dev.hearth.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path temporary;

    private final List<String> said = new ArrayList<>();
    private Instant now = START;

    @Test
    void authority_and_certificate_are_made_once_and_said_once() {
        var first = own("hearth.example").obtain();
        int lines = said.size();
        var second = own("hearth.example").obtain();

        assertThat(second.leaf()).isEqualTo(first.leaf());
        assertThat(lines).isPositive().isEqualTo(said.size());
        assertThat(String.join("\n", said)).contains(folder().resolve("ca.crt").toString(), "update-ca-certificates");
    }

    @Test
    void only_the_owner_may_read_what_is_kept() throws Exception {
        own("hearth.example").obtain();

        assertThat(Files.getPosixFilePermissions(folder())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (var files = Files.list(folder())) {
            for (Path file : files.toList()) {
                assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    @Test
    void it_is_for_this_machine_and_the_public_host() throws Exception {
        var certificate = own("hearth.example").obtain();

        for (String name : List.of("hearth.example", "localhost", "127.0.0.1", "::1")) {
            assertThat(certificate.isFor(new HostName(name))).as(name).isTrue();
        }
        validate(certificate.leaf());
    }

    @Test
    void it_lasts_as_long_as_browsers_allow() {
        var certificate = own("hearth.example").obtain();

        assertThat(Duration.between(certificate.from(), certificate.until())).isLessThan(Duration.ofDays(397));
        assertThat(certificate.from()).isBefore(now);
    }

    @Test
    void it_is_renewed_by_the_same_authority_when_a_third_of_its_time_is_left() throws Exception {
        var own = own("hearth.example");
        var first = own.obtain();
        now = START.plus(Duration.ofDays(59));
        assertThat(own.isOutdated()).isFalse();

        now = START.plus(Duration.ofDays(61));

        assertThat(own.isOutdated()).isTrue();
        var second = own.obtain();
        assertThat(own.isOutdated()).isFalse();
        assertThat(second.until()).isAfter(first.until());
        validate(second.leaf());
        assertThat(own("hearth.example").obtain().leaf()).isEqualTo(second.leaf());
    }

    @Test
    void another_name_at_home_needs_another_certificate_and_no_other_authority() throws Exception {
        own("hearth.example").obtain();
        var authority = Files.readString(folder().resolve("ca.crt"));

        var certificate = own("box.lan").obtain();

        assertThat(certificate.isFor(new HostName("box.lan"))).isTrue();
        assertThat(Files.readString(folder().resolve("ca.crt"))).isEqualTo(authority);
    }

    @Test
    void a_name_outside_needs_another_authority_and_that_is_said() throws Exception {
        own("hearth.example").obtain();
        said.clear();

        var certificate = own("other.example").obtain();

        assertThat(certificate.isFor(new HostName("other.example"))).isTrue();
        assertThat(said.getFirst()).contains("may not speak for other.example").contains("trusted anew");
        validate(certificate.leaf());
    }

    @Test
    void an_authority_near_its_end_is_replaced() {
        own("hearth.example").obtain();
        said.clear();
        now = START.plus(Duration.ofDays(3600));

        own("hearth.example").obtain();

        assertThat(said.getFirst()).contains("ends on");
    }

    @Test
    void its_key_opens_nothing_but_home() throws Exception {
        own("hearth.example").obtain();
        var authority = LocalAuthority.in(folder()).orElseThrow();

        for (String name : List.of("bank.example", "8.8.8.8", "2001:db8::1")) {
            var forged = authority.issue(List.of(new HostName(name)), now);
            assertThat(authority.maySpeakFor(new HostName(name))).as(name).isFalse();
            assertThatThrownBy(() -> validate(forged.leaf())).as(name).isInstanceOf(CertPathValidatorException.class);
        }
        for (String name : List.of("box.local", "sub.hearth.example", "192.168.7.7", "fd00::1")) {
            assertThat(authority.maySpeakFor(new HostName(name))).as(name).isTrue();
        }
    }

    @Test
    void half_of_an_authority_is_refused_or_made_anew() throws Exception {
        own("hearth.example").obtain();
        Files.delete(folder().resolve("ca.key"));

        assertThatThrownBy(() -> own("hearth.example").obtain())
                .isInstanceOf(CertificateUnusable.class)
                .hasMessageContaining("ca.crt, ca.key");
    }

    @Test
    void half_of_a_certificate_is_made_anew() throws Exception {
        var own = own("hearth.example");
        own.obtain();
        Files.delete(folder().resolve("server.key"));
        now = now.plus(Duration.ofMinutes(2));

        assertThat(own.isOutdated()).isTrue();
        assertThat(own.obtain().keyBelongs()).isTrue();
    }

    private Path folder() {
        return temporary.resolve("tls");
    }

    private OwnCertificate own(String publicHost) {
        var names = new Names(
                Set.of(
                        new HostName(publicHost),
                        new HostName("localhost"),
                        new HostName("127.0.0.1"),
                        new HostName("::1")),
                Set.of(new HostName("203.0.113.9")));
        var clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new OwnCertificate(folder(), () -> names, clock, said::add);
    }

    /// As browsers do, which keep an authority to the constraints in its own certificate. Java does that only of one
    /// that it does not trust for itself, so here name and key are trusted, and the certificate is examined.
    private void validate(X509Certificate leaf) throws Exception {
        var authority = TestFiles.certificates(folder().resolve("ca.crt")).getFirst();
        var parameters = new PKIXParameters(
                Set.of(new TrustAnchor(authority.getSubjectX500Principal(), authority.getPublicKey(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, authority));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }
}
