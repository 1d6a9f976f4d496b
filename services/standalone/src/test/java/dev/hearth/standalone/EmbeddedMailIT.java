package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.embedded.EmbeddedMail;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.MailConfig;
import dev.hearth.embedded.MailFolder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMailIT {
    private static final int LARGEST = 10_000;

    @TempDir
    private Path data;

    private Path folder = Path.of("");
    private int port;
    private EmbeddedMail server;

    @BeforeEach
    void start() {
        folder = data.resolve("mail");
        port = FreePorts.any();
        server = EmbeddedMail.start(new MailConfig(folder, port, 3, LARGEST));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void what_is_sent_is_kept_for_its_owner_alone() throws Exception {
        send("Hello", ".\nA text with\n.\na dot");

        var kept = MailFolder.in(folder);
        var mail = KeptMail.read(kept.get(1));
        assertThat(mail.to()).isEqualTo("ada@example.org");
        assertThat(mail.subject()).isEqualTo("Hello");
        assertThat(mail.body().lines()).containsExactly(".", "A text with", ".", "a dot");
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(kept.get(1))).isEqualTo("rw-------");
    }

    @Test
    void the_newest_are_kept_under_their_numbers() throws Exception {
        for (int number = 1; number <= 4; number++) {
            send("Number " + number, "text");
        }

        assertThat(MailFolder.in(folder).keySet()).containsExactly(2, 3, 4);
        assertThat(KeptMail.read(MailFolder.in(folder).get(4)).subject()).isEqualTo("Number 4");
    }

    @Test
    void what_is_too_large_is_refused_and_the_next_is_taken() throws Exception {
        assertThatThrownBy(() -> send("Large", "x".repeat(50).concat("\r\n").repeat(LARGEST / 50)))
                .isInstanceOf(MessagingException.class);
        send("Small", "text");

        assertThat(MailFolder.in(folder)).hasSize(1);
    }

    private void send(String subject, String text) throws MessagingException {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(port));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("hearth@localhost"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("ada@example.org"));
        message.setSubject(subject);
        message.setText(text);
        Transport.send(message);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
