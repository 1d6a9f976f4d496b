package dev.hearth.caller.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// A Keycloak that answers as a test says, one request after another.
final class ServiceTokenTest {
    private final Queue<Uni<Tokens>> answers = new ArrayDeque<>();
    private final ServiceToken token = new ServiceToken(keycloak(), Duration.ofMillis(100));

    @Test
    void a_token_is_asked_for_once_and_kept() {
        answers.addAll(List.of(given("first"), given("second")));

        assertThat(token.get().await().indefinitely()).isEqualTo("first");
        assertThat(token.get().await().indefinitely()).isEqualTo("first");
    }

    @Test
    void a_request_that_is_never_answered_does_not_hold_up_the_next() {
        answers.addAll(List.of(Uni.createFrom().nothing(), given("second")));

        assertThatThrownBy(() -> token.get().await().indefinitely()).isInstanceOf(TimeoutException.class);

        assertThat(token.get().await().indefinitely()).isEqualTo("second");
    }

    @Test
    void a_token_that_was_refused_is_not_used_again() {
        answers.addAll(List.of(given("without a role"), given("second")));
        token.get().await().indefinitely();

        token.refused();

        assertThat(token.get().await().indefinitely()).isEqualTo("second");
    }

    private static Uni<Tokens> given(String token) {
        long end = Instant.now().plusSeconds(600).getEpochSecond();
        return Uni.createFrom().item(new Tokens(token, end, null, null, null, null, null));
    }

    private OidcClient keycloak() {
        return (OidcClient) Proxy.newProxyInstance(
                OidcClient.class.getClassLoader(), new Class<?>[] {OidcClient.class}, (_, _, _) -> answers.remove());
    }
}
