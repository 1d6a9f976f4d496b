package dev.hearth.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which requests are answered for without a look into their token: those with one header that is known to the letter.
final class RememberedTokensTest {
    private static final String TOKEN = "hearth_abc";

    private final HandTime time = new HandTime();
    private final HandSessions sessions = new HandSessions();
    private final IdentityFeed feed = new IdentityFeed(sessions, time, time);
    private final Holders holders = new Holders(sessions, feed, time);
    private final RememberedTokens remembered = new RememberedTokens(
            new VerifiedTokens(new NeverAsked(), sessions, holders, new Clients(List.of("hearth-web")), feed, time));

    @BeforeEach
    void someone_was_let_in() {
        feed.start();
        holders.identity(new Credential.ApiToken(TOKEN)).await().indefinitely();
    }

    @Test
    void a_known_token_lets_in() {
        assertThat(identity("Bearer " + TOKEN)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer hearth_abd", "Bearer  hearth_abc", "Basic hearth_abc", "hearth_abc", "Bearer ", ""})
    void anything_else_is_left_to_quarkus(String header) {
        assertThat(identity(header)).isNull();
    }

    @Test
    void no_header_or_two_are_left_to_quarkus() {
        assertThat(identity()).isNull();
        assertThat(identity("Bearer " + TOKEN, "Bearer " + TOKEN)).isNull();
    }

    private @Nullable SecurityIdentity identity(String... authorization) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        for (var value : authorization) {
            headers.add("Authorization", value);
        }
        var request = answering(HttpServerRequest.class, "headers", headers);
        Uni<SecurityIdentity> identity =
                remembered.authenticate(answering(RoutingContext.class, "request", request), null);
        return identity.await().indefinitely();
    }

    private static final class NeverAsked implements IdentityProvider<TokenAuthenticationRequest> {
        @Override
        public Class<TokenAuthenticationRequest> getRequestType() {
            return TokenAuthenticationRequest.class;
        }

        @Override
        public Uni<SecurityIdentity> authenticate(
                TokenAuthenticationRequest request, AuthenticationRequestContext context) {
            throw new AssertionError("nobody verifies what is only remembered");
        }
    }

    /// What answers one question, and no other.
    private static <T> T answering(Class<T> type, String question, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            if (method.getName().equals(question)) {
                return answer;
            }
            throw new UnsupportedOperationException(method.getName());
        }));
    }
}
