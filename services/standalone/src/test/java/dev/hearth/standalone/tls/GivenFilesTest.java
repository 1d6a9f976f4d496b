package dev.hearth.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenFilesTest {
    private static final HostName HOST = new HostName("hearth.example");

    @TempDir
    Path folder;

    private TestFiles files;

    @BeforeEach
    void make() throws IOException {
        files = TestFiles.in(folder, "hearth.example", "192.168.1.7");
    }

    @Test
    void a_whole_pair_is_taken() {
        var certificate = given(HOST).obtain();

        assertThat(certificate.names()).containsExactly("hearth.example", "192.168.1.7");
        assertThat(certificate)
                .hasToString("ServerCertificate" + certificate.names() + " until " + certificate.until());
    }

    @Test
    void an_address_is_as_good_as_a_name() {
        assertThat(given(new HostName("192.168.1.7")).obtain().chain()).hasSize(1);
    }

    @Test
    void keys_are_taken_in_the_forms_that_tools_write() throws Exception {
        for (PrivateKey key : new PrivateKey[] {
            KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate(),
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate()
        }) {
            assertThat(Pem.parse(Pem.of(key)).key()).contains(key);
            assertThat(Pem.parse(pem(key)).key()).contains(key);
        }
        var ec = (ECPrivateKey) files.current().key();
        var old = new org.bouncycastle.asn1.sec.ECPrivateKey(256, ec.getS(), SECObjectIdentifiers.secp256r1);
        Files.writeString(files.key(), pem(new PemObject("EC PRIVATE KEY", old.getEncoded())));
        assertThat(given(HOST).obtain().keyBelongs()).isTrue();
    }

    private static String pem(Object content) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString();
    }

    @Test
    void missing_files_are_named() throws Exception {
        Files.delete(files.key());
        refused(HOST).hasMessage("The key file " + files.key() + " does not exist.");
        Files.delete(files.certificate());
        refused(HOST).hasMessage("The certificate file " + files.certificate() + " does not exist.");
    }

    @Test
    void a_folder_is_no_file() throws Exception {
        Files.delete(files.key());
        Files.createDirectory(files.key());

        refused(HOST).hasMessageContaining("cannot be read as PEM");
    }

    @Test
    void swapped_and_empty_files_are_told_by_what_they_lack() throws Exception {
        var swapped = new GivenFiles(files.key(), files.certificate(), HOST, Clock.systemUTC());
        assertThatThrownBy(swapped::obtain).hasMessageContaining("no certificate in " + files.key());
        Files.writeString(files.key(), "");
        refused(HOST).hasMessageContaining("no private key in " + files.key());
    }

    @Test
    void a_broken_block_is_refused() throws Exception {
        var text = Files.readString(files.certificate());
        Files.writeString(files.certificate(), text.substring(0, text.length() / 2));

        refused(HOST).hasMessageContaining("cannot be read as PEM");
    }

    @Test
    void a_key_behind_a_password_is_refused_with_what_helps() throws Exception {
        var encrypted = new EncryptedPrivateKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2),
                files.current().key().getEncoded());
        Files.writeString(files.key(), pem(new PemObject("ENCRYPTED PRIVATE KEY", encrypted.getEncoded())));

        refused(HOST).hasMessageContaining("openssl pkey -in " + files.key());
    }

    @Test
    void a_key_of_another_certificate_is_refused() {
        files.writeKey(files.next());

        refused(HOST).hasMessageContaining("does not belong to the first certificate");
    }

    @Test
    void a_chain_out_of_order_is_refused() throws Exception {
        var other = TestFiles.in(folder.resolve("other"), "hearth.example");
        Files.writeString(
                files.certificate(), Files.readString(files.certificate()) + Files.readString(other.authority()));

        refused(HOST).hasMessageContaining("Certificate 1 in").hasMessageContaining("not signed by the one after it");
    }

    @Test
    void a_chain_in_order_is_taken_whole() throws Exception {
        Files.writeString(
                files.certificate(), Files.readString(files.certificate()) + Files.readString(files.authority()));

        assertThat(given(HOST).obtain().chain()).hasSize(2);
    }

    @Test
    void one_that_ended_or_has_not_begun_is_refused() throws Exception {
        files = TestFiles.in(folder, Instant.now().minus(Duration.ofDays(100)), "hearth.example");
        refused(HOST).hasMessageContaining("ended on").hasMessageContaining("Renew it");
        files = TestFiles.in(folder, Instant.now().plus(Duration.ofDays(1)), "hearth.example");
        refused(HOST).hasMessageContaining("begins on").hasMessageContaining("clock");
    }

    @Test
    void one_for_another_host_is_refused() {
        refused(new HostName("localhost"))
                .hasMessageContaining("is for hearth.example, 192.168.1.7, not for localhost")
                .hasMessageContaining("--public-url");
        refused(new HostName("192.168.1.8")).hasMessageContaining("not for 192.168.1.8");
    }

    @Test
    void no_message_shows_a_key() throws GeneralSecurityException {
        var secret = Base64.getEncoder().encodeToString(files.current().key().getEncoded());
        files.writeKey(files.next());

        assertThatThrownBy(() -> given(HOST).obtain()).hasMessageNotContaining(secret.substring(0, 20));
        assertThat(files.current().toString()).doesNotContain(secret.substring(0, 20));
    }

    private GivenFiles given(HostName host) {
        return new GivenFiles(files.certificate(), files.key(), host, Clock.systemUTC());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(HostName host) {
        return assertThatThrownBy(() -> given(host).obtain()).isInstanceOf(CertificateUnusable.class);
    }
}
