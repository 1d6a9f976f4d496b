package dev.hearth.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/// An SMTP server in this program that delivers nothing: what is sent becomes a file, which its owner can read.
/// Only this machine reaches it.
public final class EmbeddedMail implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 20;
    private static final int MOST_RECIPIENTS = 20;

    private final SMTPServer server;

    private EmbeddedMail(SMTPServer server) {
        this.server = server;
    }

    /// Returns when it accepts messages.
    public static EmbeddedMail start(MailConfig config) {
        var messages = MailFolder.prepared(config.folder(), config.most());
        var server = new SMTPServer.Builder()
                .bindAddress(InetAddress.ofLiteral("127.0.0.1"))
                .port(config.port())
                .hostName("localhost")
                .softwareName("Hearth")
                .insertReceivedHeaders(false)
                .maxConnections(MOST_CONNECTIONS)
                .maxRecipients(MOST_RECIPIENTS)
                .maxMessageSize(config.largest())
                .connectionTimeout(30, TimeUnit.SECONDS)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("mail").factory()))
                .messageHandlerFactory((MessageContext _) -> new Taken(messages, config.largest()))
                .build();
        server.start();
        return new EmbeddedMail(server);
    }

    @Override
    public void close() {
        server.stop();
    }

    /// One message on its way in. Whom it is for stands in it.
    private record Taken(MailFolder messages, int largest) implements MessageHandler {
        @Override
        public void from(String sender) {}

        @Override
        public void recipient(String recipient) throws RejectException {
            // A domain that never exists, so that one can see what a refusal leads to.
            if (recipient.endsWith(".invalid")) {
                throw new RejectException(550, "There is no such domain");
            }
        }

        @Override
        public @Nullable String data(InputStream data) throws IOException, RejectException {
            byte[] message = data.readNBytes(largest + 1);
            if (message.length > largest) {
                // To its end, so that what follows is not taken for a command.
                data.transferTo(OutputStream.nullOutputStream());
                throw new RejectException(552, "The message is too large");
            }
            messages.add(message);
            return null;
        }

        @Override
        public void done() {}
    }
}
