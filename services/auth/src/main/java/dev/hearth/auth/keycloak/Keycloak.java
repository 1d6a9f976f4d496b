package dev.hearth.auth.keycloak;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Signing in at Keycloak as the one client that may post a password there. Why auth does that:
/// `docs/adr/0013-one-client-checks-passwords.md`.
@ApplicationScoped
public class Keycloak {
    static final long PATIENCE = Duration.ofSeconds(15).toMillis();

    private final WebClient client;
    private final KeycloakConfig config;
    private final KeycloakPeople people;

    Keycloak(WebClient client, KeycloakConfig config, KeycloakPeople people) {
        this.client = client;
        this.config = config;
        this.people = people;
    }

    /// Keycloak's answer to an address and a password. A right password that is not enough leaves no login behind.
    public Uni<PasswordCheck> check(String email, Password password) {
        var form = form("password").add("username", email).add("password", password.value());
        return token(form.add("scope", "openid email profile")).flatMap(this::checked);
    }

    private Uni<PasswordCheck> checked(HttpResponse<Buffer> answer) {
        return switch (answer.statusCode()) {
            case 200 -> enough(Login.of(answer.bodyAsJsonObject()));
            case 400, 401 -> Uni.createFrom().item(refused(answer.bodyAsJsonObject()));
            default -> throw unexpected(answer);
        };
    }

    private Uni<PasswordCheck> enough(Login login) {
        return people.hasSecondFactor(login.user())
                .flatMap(second -> second
                        ? end(login).replaceWith(new PasswordCheck.NotEnough())
                        : Uni.createFrom().item(new PasswordCheck.Right(login)));
    }

    private static PasswordCheck refused(JsonObject body) {
        if (!"invalid_grant".equals(body.getString("error"))) {
            Log.errorf("keycloak does not know us: error=%s", body.getString("error"));
            throw KeycloakUnavailable.problem();
        }
        return "Account is not fully set up".equals(body.getString("error_description"))
                ? new PasswordCheck.NotEnough()
                : new PasswordCheck.Wrong();
    }

    /// Ends a login. It would last for months, and a session of ours has taken its place.
    public Uni<Void> end(Login login) {
        var form = MultiMap.caseInsensitiveMultiMap()
                .add("client_id", KeycloakConfig.CLIENT)
                .add("client_secret", config.secret())
                .add("refresh_token", login.refreshToken());
        return client.postAbs(config.openId("logout"))
                .timeout(PATIENCE)
                .sendForm(form)
                .onFailure()
                .invoke(failure -> Log.warnf("a login at keycloak could not be ended: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /// Where the browser goes to sign in, and comes back from with a code. `fresh` asks for the password again.
    public String signInPage(String state, String nonce, String challenge, boolean fresh) {
        return config.signInPage() + "?response_type=code&scope=openid%20email%20profile&client_id="
                + KeycloakConfig.CLIENT + "&redirect_uri=" + encoded(config.callback())
                + "&state=" + encoded(state) + "&nonce=" + encoded(nonce)
                + "&code_challenge_method=S256&code_challenge=" + encoded(challenge)
                + (fresh ? "&prompt=login&max_age=0" : "");
    }

    /// Who came back with this code; empty when Keycloak does not take it.
    public Uni<Optional<Login>> exchange(String code, String verifier) {
        var form = form("authorization_code")
                .add("code", code)
                .add("code_verifier", verifier)
                .add("redirect_uri", config.callback());
        return token(form).map(answer -> switch (answer.statusCode()) {
            case 200 -> Optional.of(Login.of(answer.bodyAsJsonObject()));
            case 400, 401 -> Optional.empty();
            default -> throw unexpected(answer);
        });
    }

    private MultiMap form(String grant) {
        return MultiMap.caseInsensitiveMultiMap()
                .add("grant_type", grant)
                .add("client_id", KeycloakConfig.CLIENT)
                .add("client_secret", config.secret());
    }

    private Uni<HttpResponse<Buffer>> token(MultiMap form) {
        return client.postAbs(config.openId("token"))
                .timeout(PATIENCE)
                .sendForm(form)
                .onFailure()
                .transform(failure -> {
                    Log.warnf("keycloak does not answer: %s", failure.getMessage());
                    return KeycloakUnavailable.problem();
                });
    }

    private static RuntimeException unexpected(HttpResponse<Buffer> answer) {
        Log.warnf("keycloak answered unexpectedly: status=%d", answer.statusCode());
        return KeycloakUnavailable.problem();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// The connections to Keycloak.
    static class Connections {
        @Produces
        @ApplicationScoped
        WebClient client(Vertx vertx) {
            return WebClient.create(
                    vertx, new WebClientOptions().setFollowRedirects(false).setMaxPoolSize(16));
        }
    }
}
