package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptMailTest {
    @TempDir
    private Path folder;

    @Test
    void a_message_of_two_forms_is_shown_as_its_text_with_each_link_once() throws IOException {
        var mail = read("""
                From: Hearth <hearth@localhost>
                To: ada@example.org
                Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary="b"

                --b
                Content-Type: text/plain; charset=UTF-8

                Follow http://localhost:8080/a?b=1&c=2
                --b
                Content-Type: text/html; charset=UTF-8

                <p><a href="http://localhost:8080/a?b=1&amp;c=2">this</a></p>
                --b--
                """);

        assertThat(mail.from()).isEqualTo("Hearth <hearth@localhost>");
        assertThat(mail.to()).isEqualTo("ada@example.org");
        assertThat(mail.subject()).isEqualTo("Grüße");
        assertThat(mail.body()).isEqualTo("Follow http://localhost:8080/a?b=1&c=2");
        assertThat(mail.links()).containsExactly("http://localhost:8080/a?b=1&c=2");
        assertThat(mail.text()).containsOnlyOnce("http://localhost:8080/a?b=1&c=2");
    }

    @Test
    void a_message_of_markup_alone_is_shown_without_it() throws IOException {
        var mail = read("""
                Content-Type: text/html

                <style>p { color: red }</style><p>Follow <a href='https://hearth.example/x'>this link</a>.</p>
                """);

        assertThat(mail.body()).isEqualTo("Follow this link.");
        assertThat(mail.links()).containsExactly("https://hearth.example/x");
    }

    @Test
    void nothing_in_a_message_speaks_to_the_terminal() throws IOException {
        var mail = read("""
                Subject: red \u001b[31m
                Content-Type: text/plain; charset=UTF-8

                over\rwritten \u001b]0;title\u0007 and \u202eturned
                """);

        assertThat(mail.text()).doesNotContain("\u001b", "\u0007", "\u202e", "\r");
    }

    private KeptMail read(String message) throws IOException {
        return KeptMail.read(Files.writeString(folder.resolve("1.eml"), message));
    }
}
