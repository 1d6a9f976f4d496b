package dev.hearth.testkit;

import dev.hearth.embedded.EmbeddedMail;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.MailConfig;
import dev.hearth.embedded.MailFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A mail server for tests that keeps what it gets.
public final class TestMail {
    private static final String FOLDER = "hearth.test.mail.folder";

    private TestMail() {}

    /// By which auth sends; starts the server the first time. What was not taken is tried again soon.
    public static Map<String, String> config() {
        return OncePerJvm.config("mail", folder -> {
            var config = MailConfig.usual(folder.resolve("mail"), FreePorts.any());
            var server = EmbeddedMail.start(config);
            OncePerJvm.atEnd(folder, server::close);
            return Map.of(
                    FOLDER,
                    config.folder().toString(),
                    "auth.mail.enabled",
                    "true",
                    "auth.mail.poll-interval",
                    "200ms",
                    "auth.mail.first-pause",
                    "200ms",
                    "quarkus.mailer.mock",
                    "false",
                    "quarkus.mailer.host",
                    "127.0.0.1",
                    "quarkus.mailer.port",
                    Integer.toString(config.port()),
                    "quarkus.mailer.start-tls",
                    "DISABLED",
                    "quarkus.mailer.from",
                    "hearth@localhost");
        });
    }

    /// What came so far for somebody, as it was sent.
    public static List<String> to(String address) {
        return MailFolder.in(folder()).values().stream()
                .map(TestMail::text)
                .filter(message -> message.contains("To: " + address))
                .toList();
    }

    /// While `work` runs the server takes no message, because it cannot keep any.
    public static void full(Runnable work) {
        var aside = folder().resolveSibling("aside");
        try {
            Files.move(folder(), aside);
            try {
                work.run();
            } finally {
                Files.move(aside, folder());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path folder() {
        return Path.of(config().get(FOLDER));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
