package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.embedded.RealmOptions.Smtp;
import dev.hearth.embedded.RealmOptions.Social.Provider;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsRealmTest {
    private static final int CATCHER = 2525;

    @Test
    void who_names_no_mail_server_keeps_the_mail_here() {
        var options = OperatorsRealm.of(Map.of("HEARTH_SMTP_HOST", " "), CATCHER);

        assertThat(options.smtp())
                .contains(new Smtp("127.0.0.1", CATCHER, "hearth@localhost", Smtp.Security.NONE, Optional.empty()));
        assertThat(options.verifyEmail()).isFalse();
        assertThat(options.social()).isEmpty();
        assertThat(OperatorsRealm.namesMailServer(Map.of("HEARTH_SMTP_HOST", " ")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"none,25", "starttls,587", "tls,465"})
    void each_kind_of_mail_server_has_its_usual_port(String security, int port) {
        var smtp = OperatorsRealm.of(
                        Map.of(
                                "HEARTH_SMTP_HOST",
                                "mail.example.org",
                                "HEARTH_SMTP_FROM",
                                "hearth@example.org",
                                "HEARTH_SMTP_SECURITY",
                                security),
                        CATCHER)
                .smtp()
                .orElseThrow();

        assertThat(smtp.port()).isEqualTo(port);
        assertThat(smtp.security()).isEqualTo(Smtp.Security.valueOf(security.toUpperCase()));
    }

    @Test
    void a_provider_is_there_when_its_client_is() {
        var social = OperatorsRealm.of(
                        Map.of("HEARTH_APPLE_CLIENT_ID", "a", "HEARTH_APPLE_CLIENT_SECRET", "b"), CATCHER)
                .social();

        assertThat(social)
                .singleElement()
                .satisfies(one -> assertThat(one.provider()).isEqualTo(Provider.APPLE));
    }

    @Test
    void what_is_half_said_is_refused_by_name() {
        refused(Map.of("HEARTH_SMTP_HOST", "mail"), "HEARTH_SMTP_FROM");
        refused(Map.of("HEARTH_GOOGLE_CLIENT_ID", "a"), "HEARTH_GOOGLE_CLIENT_SECRET");
        refused(
                Map.of("HEARTH_SMTP_HOST", "m", "HEARTH_SMTP_FROM", "f", "HEARTH_SMTP_SECURITY", "ssl"),
                "HEARTH_SMTP_SECURITY");
        refused(Map.of("HEARTH_SMTP_HOST", "m", "HEARTH_SMTP_FROM", "f", "HEARTH_SMTP_PORT", "x"), "HEARTH_SMTP_PORT");
    }

    private static void refused(Map<String, String> environment, String named) {
        assertThatThrownBy(() -> OperatorsRealm.of(environment, CATCHER))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(named);
    }
}
