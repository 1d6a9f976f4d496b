package dev.hearth.eventstore.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import dev.hearth.testkit.sweep.Answer;
import dev.hearth.testkit.sweep.Ask;
import dev.hearth.testkit.sweep.TokenAttacks;
import dev.hearth.testkit.sweep.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What only services may call is not on the origin, where the sweep is; so it is tried here.
@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class ForgedTokensIT {
    @TestHTTPResource
    URI url;

    @Test
    void a_forged_token_of_a_service_opens_nothing() {
        var attacks = new TokenAttacks(TestTokens.service(), TestTokens.signer(), "http://127.0.0.1:1");
        try (var wire = new Wire(url)) {
            assertThat(heads(wire, attacks.unchanged()).status())
                    .as("what is good is taken, else refusing proves nothing")
                    .isEqualTo(400);

            attacks.all().forEach((name, token) -> {
                var answer = heads(wire, token);
                assertThat(answer.status()).as(name + ": " + answer).isEqualTo(401);
                assertThat(answer.json().path("type").asText()).isEqualTo("/problems/not-authenticated");
            });
        }
    }

    @Test
    void a_person_is_no_service_not_even_an_administrator() {
        try (var wire = new Wire(url)) {
            assertThat(heads(wire, TestTokens.user(UUID.randomUUID())).status()).isEqualTo(403);
            assertThat(heads(wire, TestTokens.admin(UUID.randomUUID())).status())
                    .isEqualTo(403);
        }
    }

    /// With a body that nobody understands: who gets that far is told so.
    private static Answer heads(Wire wire, String token) {
        return wire.send(Ask.of("POST", "/internal/log/heads")
                .with("Authorization", "Bearer " + token)
                .withBody("application/cbor", new byte[] {1}));
    }
}
