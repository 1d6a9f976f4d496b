package dev.hearth.auth.deliver;

import dev.hearth.auth.identity.InviteOutbox.Taken;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/// What somebody reads who is invited.
record Letter(String subject, String text, String html) {
    /// Anybody may be called anything; what could pass for a link or an address is not put before strangers.
    private static final Pattern MISLEADING = Pattern.compile("[/:@<>\\\\]|[^\\s.]\\.[^\\s.]|\\p{Cntrl}|\\p{Cf}");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    static Letter of(Taken mail, String publicUrl) {
        String inviter = mail.inviter().filter(Letter::isHarmless).orElse("Somebody");
        String household = isHarmless(mail.household()) ? "the household “" + mail.household() + "”" : "a household";
        String link = publicUrl + "/?invite=" + mail.code().written();
        String invitation = inviter + " invites you to " + household + " on Hearth, at " + publicUrl + ".";
        String use = "This link is for you alone. It works once, until " + DAY.format(mail.expiresAt()) + ":";
        String otherwise = "If you do not know what this is about, do nothing: nothing happens without the link.";
        return new Letter(
                "You are invited to a household on Hearth",
                invitation + "\n\n" + use + "\n\n" + link + "\n\n" + otherwise + "\n",
                "<p>" + escaped(invitation) + "</p><p>" + escaped(use) + "</p><p><a href=\"" + escaped(link) + "\">"
                        + escaped(link) + "</a></p><p>" + escaped(otherwise) + "</p>");
    }

    private static boolean isHarmless(String name) {
        return !name.isBlank() && !MISLEADING.matcher(name).find();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return "Letter[hidden]";
    }
}
