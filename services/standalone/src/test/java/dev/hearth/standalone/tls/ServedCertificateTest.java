package dev.hearth.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedCertificateTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private TestFiles files;
    private ServedCertificate served;

    @BeforeEach
    void serve() throws Exception {
        files = TestFiles.in(folder, "localhost");
        var source = new GivenFiles(files.certificate(), files.key(), new HostName("localhost"), Clock.systemUTC());
        // The test does the looking.
        served = ServedCertificate.unwatched(source, folder.resolve("served.crt"), said::add);
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void a_replaced_pair_is_shown_to_the_next_who_comes() throws Exception {
        var next = files.next();

        files.writeCertificate(next);
        files.writeKey(next);
        lookTwice();

        assertThat(shown("TLSv1.3")).isEqualTo(next.leaf());
        assertThat(shown("TLSv1.2")).isEqualTo(next.leaf());
        assertThat(said).singleElement().asString().startsWith("a new certificate is served");
    }

    @Test
    void of_half_a_pair_the_old_one_is_served_on_and_said_once() throws Exception {
        var first = files.current();
        var next = files.next();

        files.writeCertificate(next);
        lookTwice();
        lookTwice();

        assertThat(shown("TLSv1.3")).isEqualTo(first.leaf());
        assertThat(said).singleElement().asString().contains("does not belong").contains("The old one stays");
        files.writeKey(next);
        lookTwice();
        assertThat(shown("TLSv1.3")).isEqualTo(next.leaf());
    }

    @Test
    void files_that_go_away_change_nothing() throws Exception {
        var first = files.current();

        Files.delete(files.key());
        lookTwice();

        assertThat(shown("TLSv1.3")).isEqualTo(first.leaf());
        assertThat(said).singleElement().asString().contains("does not exist");
    }

    @Test
    void a_link_to_other_files_is_a_new_pair() throws Exception {
        var other = TestFiles.in(folder.resolve("renewed"), "localhost");
        for (Path file : List.of(files.certificate(), files.key())) {
            Files.delete(file);
            Files.createSymbolicLink(file, other.certificate().resolveSibling(file.getFileName()));
        }

        lookTwice();

        assertThat(shown("TLSv1.3")).isEqualTo(other.current().leaf());
    }

    @Test
    void a_tool_on_this_machine_trusts_what_is_noted_and_nothing_else() throws Exception {
        var other = folder.resolve("other.crt");
        PrivateFile.write(other, Pem.of(files.next().chain()));

        assertThat(shown(folder.resolve("served.crt"), "TLSv1.3"))
                .isEqualTo(files.current().leaf());
        assertThatThrownBy(() -> shown(other, "TLSv1.3")).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> shown(folder.resolve("missing"), "TLSv1.3")).isInstanceOf(SSLException.class);
    }

    private void lookTwice() {
        served.look();
        served.look();
    }

    private X509Certificate shown(String protocol) throws Exception {
        return shown(folder.resolve("served.crt"), protocol);
    }

    private X509Certificate shown(Path note, String protocol) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {served.key()}, null, null);
        try (var server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
            var accepted = CompletableFuture.runAsync(() -> accept(server));
            try (var client = (SSLSocket)
                    Pinned.context(note).getSocketFactory().createSocket("localhost", server.getLocalPort())) {
                client.setEnabledProtocols(new String[] {protocol});
                client.startHandshake();
                return (X509Certificate) client.getSession().getPeerCertificates()[0];
            } finally {
                accepted.join();
            }
        }
    }

    private static void accept(SSLServerSocket server) {
        try (var socket = (SSLSocket) server.accept()) {
            socket.startHandshake();
            socket.getInputStream().read();
        } catch (IOException refused) {
            // The client says why.
        }
    }
}
