package dev.hearth.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

/// What is remembered of tokens. The verifier behind takes those that begin with "good" and counts.
final class VerifiedTokensTest {
    private static final Instant START = Instant.parse("2031-02-03T04:05:06Z");

    private static final Object REQUEST = Proxy.newProxyInstance(
            RoutingContext.class.getClassLoader(), new Class<?>[] {RoutingContext.class}, (_, _, _) -> null);

    private final List<String> seen = new ArrayList<>();
    private Instant now = START;
    private final VerifiedTokens tokens = new VerifiedTokens(new Counting(), () -> now);

    @Test
    void a_token_that_was_accepted_is_not_verified_again() {
        var first = authenticate(new AccessTokenCredential("good"))
                .assertCompleted()
                .getItem();
        var second = authenticate(new AccessTokenCredential("good"))
                .assertCompleted()
                .getItem();

        assertThat(seen).containsExactly("good");
        assertThat(second.getPrincipal()).isEqualTo(first.getPrincipal());
        assertThat(second.getRoles()).containsExactly("admin");
        assertThat(second.getCredential(AccessTokenCredential.class).getToken()).isEqualTo("good");
    }

    @Test
    void the_request_that_brought_a_token_is_not_kept_with_it() {
        authenticate(new AccessTokenCredential("good"));

        var known = authenticate(new AccessTokenCredential("good"))
                .assertCompleted()
                .getItem();

        assertThat(known.getAttributes()).containsOnlyKeys("tenant");
    }

    @Test
    void another_token_is_verified_even_if_a_single_character_differs() {
        authenticate(new AccessTokenCredential("good"));
        authenticate(new AccessTokenCredential("good!"));

        assertThat(seen).containsExactly("good", "good!");
    }

    @Test
    void a_refused_token_is_refused_each_time() {
        for (int i = 0; i < 2; i++) {
            authenticate(new AccessTokenCredential("bad")).assertFailedWith(AuthenticationFailedException.class);
        }
        assertThat(seen).hasSize(2);
    }

    @Test
    void a_token_is_verified_again_once_it_has_ended() {
        authenticate(new AccessTokenCredential("good"));

        now = START.plusSeconds(59);
        authenticate(new AccessTokenCredential("good"));
        assertThat(seen).hasSize(1);

        now = START.plusSeconds(60);
        authenticate(new AccessTokenCredential("good"));
        assertThat(seen).hasSize(2);
    }

    @Test
    void only_access_tokens_are_remembered() {
        authenticate(new IdTokenCredential("good"));
        authenticate(new AccessTokenCredential("good"));

        assertThat(seen).hasSize(2);
    }

    private UniAssertSubscriber<SecurityIdentity> authenticate(TokenCredential credential) {
        return tokens.authenticate(new TokenAuthenticationRequest(credential), new NoContext())
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private record NoContext() implements AuthenticationRequestContext {
        @Override
        public Uni<SecurityIdentity> runBlocking(java.util.function.Supplier<SecurityIdentity> function) {
            return Uni.createFrom().item(function);
        }
    }

    private final class Counting implements IdentityProvider<TokenAuthenticationRequest> {
        @Override
        public Class<TokenAuthenticationRequest> getRequestType() {
            return TokenAuthenticationRequest.class;
        }

        @Override
        public Uni<SecurityIdentity> authenticate(
                TokenAuthenticationRequest request, AuthenticationRequestContext context) {
            String token = request.getToken().getToken();
            seen.add(token);
            if (!token.startsWith("good")) {
                return Uni.createFrom().failure(new AuthenticationFailedException());
            }
            var claims = new JwtClaims();
            claims.setExpirationTime(NumericDate.fromSeconds(START.getEpochSecond() + 60));
            return Uni.createFrom()
                    .item(QuarkusSecurityIdentity.builder()
                            .setPrincipal(new OidcJwtCallerPrincipal(claims, request.getToken()))
                            .addRoles(Set.of("admin"))
                            .addCredential(request.getToken())
                            .addAttribute(RoutingContext.class.getName(), REQUEST)
                            .addAttribute("tenant", "hearth")
                            .build());
        }
    }
}
