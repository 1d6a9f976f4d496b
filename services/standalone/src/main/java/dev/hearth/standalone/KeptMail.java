package dev.hearth.standalone;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A message as a person reads it. What it holds comes from anybody, so nothing in it can speak to the terminal.
record KeptMail(String from, String to, String subject, String sent, String body, Collection<String> links) {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']+");
    private static final Pattern TAGS = Pattern.compile("(?s)<(script|style).*?</\\1>|<[^>]*>");
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    static KeptMail read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var message = new MimeMessage(Session.getInstance(new Properties()), in);
            var plain = part(message, "text/plain");
            var html = part(message, "text/html").map(text -> text.replace("&amp;", "&"));
            var links = new LinkedHashSet<String>();
            for (String text : new String[] {plain.orElse(""), html.orElse("")}) {
                LINK.matcher(text).results().forEach(link -> links.add(visible(link.group())));
            }
            return new KeptMail(
                    addresses(message.getFrom()),
                    addresses(message.getAllRecipients()),
                    visible(Optional.ofNullable(message.getSubject()).orElse("")),
                    sent(message),
                    visible(plain.or(() -> html.map(text -> TAGS.matcher(text).replaceAll("")))
                                    .orElse(""))
                            .strip(),
                    links);
        } catch (MessagingException | IOException failure) {
            throw new Refusal("The message " + file + " cannot be read: " + failure.getMessage());
        }
    }

    private static String sent(MimeMessage message) throws MessagingException {
        var date = message.getSentDate();
        return date == null
                ? ""
                : WHEN.format(Instant.ofEpochMilli(date.getTime()).atZone(ZoneId.systemDefault()));
    }

    private static Optional<String> part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return Optional.of(String.valueOf(part.getContent()));
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var found = part(parts.getBodyPart(i), type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static String addresses(Address @Nullable [] addresses) {
        return addresses == null
                ? ""
                : Arrays.stream(addresses)
                        .map(address ->
                                address instanceof InternetAddress known ? known.toUnicodeString() : address.toString())
                        .map(KeptMail::visible)
                        .collect(Collectors.joining(", "));
    }

    private static String visible(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\n\t]]", "");
    }

    /// In a list.
    String line(int number) {
        return "%4d  %s  %s  %s".formatted(number, sent, to, subject);
    }

    /// All of it.
    String text() {
        // Those that one does not see in the text.
        String hidden = links.stream()
                .filter(link -> !body.contains(link))
                .map(link -> "  " + link + "\n")
                .collect(Collectors.joining());
        return "From:    " + from + "\nTo:      " + to + "\nSubject: " + subject + "\nSent:    " + sent + "\n\n" + body
                + "\n" + (hidden.isEmpty() ? "" : "\nLinks:\n" + hidden);
    }
}
