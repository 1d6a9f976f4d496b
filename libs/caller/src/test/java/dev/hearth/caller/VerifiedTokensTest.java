package dev.hearth.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is remembered of tokens. The verifier behind takes those that begin with "good" and counts.
final class VerifiedTokensTest {
    private static final Object REQUEST = Proxy.newProxyInstance(
            RoutingContext.class.getClassLoader(), new Class<?>[] {RoutingContext.class}, (_, _, _) -> null);

    private final List<String> seen = new ArrayList<>();
    private final HandTime time = new HandTime();
    private final HandSessions sessions = new HandSessions();
    private final IdentityFeed feed = new IdentityFeed(sessions, time, time);
    private final VerifiedTokens tokens = new VerifiedTokens(
            new Counting(),
            sessions,
            new Holders(sessions, feed, time),
            new Clients(List.of("hearth-web")),
            feed,
            time);

    @BeforeEach
    void start() {
        feed.start();
    }

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
        assertThat(Callers.of(second)).isEqualTo(Caller.of(Principal.user(HandSessions.USER)));
        assertThat(sessions.asked).hasSize(1);
        assertThat(second.getCredential(AccessTokenCredential.class).getToken()).isEqualTo("good");
    }

    @Test
    void the_request_that_brought_a_token_is_not_kept_with_it() {
        authenticate(new AccessTokenCredential("good"));

        var known = authenticate(new AccessTokenCredential("good"))
                .assertCompleted()
                .getItem();

        assertThat(known.getAttributes()).containsOnlyKeys("tenant", Callers.CALLER, Callers.PRESENTED);
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

    @ParameterizedTest
    @ValueSource(strings = {"good, of another client", "good, an id token"})
    void a_token_that_is_no_access_token_of_ours_is_refused_though_its_signature_is_right(String token) {
        authenticate(new AccessTokenCredential(token)).assertFailedWith(AuthenticationFailedException.class);

        assertThat(sessions.asked).isEmpty();
    }

    @Test
    void a_token_is_verified_again_once_it_has_ended() {
        authenticate(new AccessTokenCredential("good"));

        time.pass(Duration.ofSeconds(59));
        authenticate(new AccessTokenCredential("good"));
        assertThat(seen).hasSize(1);

        time.pass(Duration.ofSeconds(1));
        authenticate(new AccessTokenCredential("good"));
        assertThat(seen).hasSize(2);
    }

    @Test
    void only_access_tokens_are_remembered() {
        authenticate(new IdTokenCredential("good"));
        authenticate(new AccessTokenCredential("good"));

        assertThat(seen).hasSize(2);
    }

    @Test
    void the_port_is_told_what_the_token_says_of_its_user() {
        authenticate(new AccessTokenCredential("good")).assertCompleted();

        assertThat(sessions.asked)
                .containsExactly(new TokenHolder(
                        HandSessions.USER,
                        Optional.of("login-1"),
                        HandTime.START,
                        Optional.of("ada@example.org"),
                        Optional.empty(),
                        true));
    }

    @Test
    void a_caller_is_a_member_of_the_households_that_the_port_names() {
        var home = Principal.household(UUID.randomUUID());
        sessions.standing = new Standing.InOrder(Set.of(home));

        var identity = authenticate(new AccessTokenCredential("good"))
                .assertCompleted()
                .getItem();

        assertThat(Callers.of(identity).principals())
                .containsExactlyInAnyOrder(Principal.user(HandSessions.USER), home);
    }

    @Test
    void a_good_signature_is_not_enough_when_the_login_has_ended() {
        authenticate(new AccessTokenCredential("good")).assertCompleted();
        sessions.standing = new Standing.Refused(ProblemType.NOT_AUTHENTICATED, "ended");
        sessions.tell(Subject.login("login-1"));
        feed.look();

        authenticate(new AccessTokenCredential("good")).assertFailedWith(AuthenticationFailedException.class);
    }

    @Test
    void whoever_waits_for_approval_is_told_so() {
        sessions.standing = new Standing.Refused(ProblemType.ACCOUNT_PENDING, "wait");

        var refused = authenticate(new AccessTokenCredential("good")).getFailure();

        assertThat(refused)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().problemType()).isEqualTo(ProblemType.ACCOUNT_PENDING));
    }

    @Test
    void nobody_is_let_in_by_a_good_signature_when_the_port_is_away() {
        sessions.away = true;

        authenticate(new AccessTokenCredential("good")).assertFailedWith(ProblemException.class);
    }

    @Test
    void a_service_needs_nobodys_word_and_is_nobodys_caller() {
        sessions.away = true;

        var service = authenticate(new AccessTokenCredential("good service"))
                .assertCompleted()
                .getItem();

        assertThat(service.getRoles()).contains("service");
        assertThat(Callers.find(service)).isEmpty();
    }

    @Test
    void an_api_token_is_the_ports_to_judge() {
        var identity = authenticate(new AccessTokenCredential("hearth_abc"))
                .assertCompleted()
                .getItem();

        assertThat(seen).isEmpty();
        assertThat(sessions.asked).containsExactly(new Credential.ApiToken("hearth_abc"));
        assertThat(Callers.of(identity).user().id()).isEqualTo(HandSessions.USER);
    }

    @Test
    void whoever_was_let_in_is_known_until_something_changes() {
        assertThat(tokens.remembered("good")).isEmpty();
        var identity = authenticate(new AccessTokenCredential("good"))
                .assertCompleted()
                .getItem();

        assertThat(tokens.remembered("good")).containsSame(identity);
        assertThat(tokens.remembered("good!")).isEmpty();

        sessions.tell(Subject.login("login-1"));
        feed.look();
        assertThat(tokens.remembered("good")).isEmpty();
    }

    @Test
    void nobody_is_known_beyond_the_tokens_end() {
        authenticate(new AccessTokenCredential("good")).assertCompleted();

        time.pass(Duration.ofMinutes(1));

        assertThat(tokens.remembered("good")).isEmpty();
    }

    @Test
    void an_api_token_is_known_too() {
        authenticate(new AccessTokenCredential("hearth_abc")).assertCompleted();

        assertThat(tokens.remembered("hearth_abc")).isPresent();
        assertThat(tokens.remembered("hearth_abd")).isEmpty();
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
            claims.setSubject(HandSessions.USER.toString());
            claims.setIssuedAt(NumericDate.fromSeconds(HandTime.START.getEpochSecond()));
            claims.setExpirationTime(NumericDate.fromSeconds(HandTime.START.getEpochSecond() + 60));
            claims.setClaim("sid", "login-1");
            claims.setClaim("typ", token.endsWith("id token") ? "ID" : "Bearer");
            claims.setClaim("azp", token.endsWith("another client") ? "somebody-else" : "hearth-web");
            claims.setClaim("email", "ada@example.org");
            return Uni.createFrom()
                    .item(QuarkusSecurityIdentity.builder()
                            .setPrincipal(new OidcJwtCallerPrincipal(claims, request.getToken()))
                            .addRoles(Set.of(token.endsWith("service") ? "service" : "admin"))
                            .addCredential(request.getToken())
                            .addAttribute(RoutingContext.class.getName(), REQUEST)
                            .addAttribute("tenant", "hearth")
                            .build());
        }
    }
}
