package dev.hearth.auth.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.auth.identity.EmailAddress;
import dev.hearth.auth.identity.InviteCode;
import dev.hearth.auth.identity.InviteOutbox.Taken;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTest {
    @Test
    void it_says_who_invites_whereto_by_which_link_and_until_when() {
        var letter = letter("Ada & Co", "St. Mary's \"Home\"");

        assertThat(letter.text())
                .contains("Ada & Co invites you to the household “St. Mary's \"Home\"” on Hearth")
                .contains("https://hearth.example/?invite=0000-0000-0000-0000\n")
                .contains("until 28 November 2026");
        assertThat(letter.html())
                .contains("Ada &amp; Co", "&quot;Home&quot;")
                .contains("<a href=\"https://hearth.example/?invite=0000-0000-0000-0000\">");
        assertThat(letter.subject()).doesNotContain("Ada", "Mary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Win at evil.example", "https://evil", "<b>Bank</b>", "call me@evil", "evil\\n.example", " "})
    void a_name_that_could_pass_for_a_link_is_left_out(String name) {
        var letter = letter(name, name);

        assertThat(letter.text())
                .startsWith("Somebody invites you to a household on Hearth, at https://hearth.example.");
        assertThat(letter.html()).startsWith("<p>Somebody invites you to a household on Hearth");
    }

    private static Letter letter(String inviter, String household) {
        var mail = new Taken(
                UUID.randomUUID(),
                1,
                new EmailAddress("ben@example.org"),
                InviteCode.parse("0000-0000-0000-0000").orElseThrow(),
                household,
                Optional.of(inviter),
                Instant.parse("2026-11-28T12:00:00Z"));
        return Letter.of(mail, "https://hearth.example");
    }
}
