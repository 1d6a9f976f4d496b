package dev.hearth.auth.keycloak;

import dev.hearth.auth.identity.Newcomers;
import dev.hearth.problems.ProblemException;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// People as Keycloak keeps them, changed by auth's own account there.
@ApplicationScoped
public class KeycloakPeople implements Newcomers {
    private static final Set<String> SECOND_FACTORS = Set.of("otp", "webauthn");

    /// How adding a person ended.
    public sealed interface Added {
        record Person(UUID id) implements Added {}

        record EmailTaken() implements Added {}

        /// `reason` is Keycloak's name for it.
        record Refused(String reason) implements Added {}
    }

    private final WebClient client;
    private final KeycloakConfig config;
    private final ServiceAccount account;

    KeycloakPeople(WebClient client, KeycloakConfig config, ServiceAccount account) {
        this.client = client;
        this.config = config;
        this.account = account;
    }

    public Uni<Added> add(String email, Optional<String> name, Password password) {
        var credential = new JsonObject().put("type", "password").put("value", password.value());
        var person = new JsonObject()
                .put("username", email)
                .put("email", email)
                .put("enabled", true)
                .put("credentials", new JsonArray().add(credential));
        name.ifPresent(text -> person.put("firstName", text));
        return send(HttpMethod.POST, "/users", Optional.of(person)).map(answer -> switch (answer.statusCode()) {
            case 201 -> new Added.Person(id(answer.getHeader("Location")));
            case 409 -> new Added.EmailTaken();
            case 400 -> new Added.Refused(reason(answer.bodyAsJsonObject()));
            default -> throw unexpected(answer);
        });
    }

    private static UUID id(String location) {
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    private static String reason(JsonObject body) {
        return body.getString("error", body.getString("errorMessage", ""));
    }

    /// Nobody is there afterwards; done also when nobody was.
    public Uni<Void> remove(UUID user) {
        return send(HttpMethod.DELETE, "/users/" + user, Optional.empty())
                .invoke(answer -> {
                    if (answer.statusCode() != 204 && answer.statusCode() != 404) {
                        throw unexpected(answer);
                    }
                })
                .replaceWithVoid();
    }

    Uni<Boolean> hasSecondFactor(UUID user) {
        return list("/users/" + user + "/credentials")
                .map(credentials -> credentials.stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(credential -> SECOND_FACTORS.contains(credential.getString("type"))));
    }

    @Override
    public Uni<Boolean> cameBySocialSignIn(UUID user) {
        return list("/users/" + user + "/federated-identity").map(identities -> !identities.isEmpty());
    }

    /// Ends one login; nothing happens when it has ended already.
    public Uni<Void> endLogin(String sid) {
        return send(HttpMethod.DELETE, "/sessions/" + sid, Optional.empty()).replaceWithVoid();
    }

    /// Ends all logins of a person's.
    public Uni<Void> endLogins(UUID user) {
        return send(HttpMethod.POST, "/users/" + user + "/logout", Optional.empty())
                .replaceWithVoid();
    }

    private Uni<JsonArray> list(String path) {
        return send(HttpMethod.GET, path, Optional.empty()).map(answer -> switch (answer.statusCode()) {
            case 200 -> answer.bodyAsJsonArray();
            case 404 -> new JsonArray();
            default -> throw unexpected(answer);
        });
    }

    private Uni<HttpResponse<Buffer>> send(HttpMethod method, String path, Optional<JsonObject> body) {
        return account.token()
                .flatMap(token -> {
                    var request = client.requestAbs(method, config.admin() + path)
                            .timeout(Keycloak.PATIENCE)
                            .bearerTokenAuthentication(token);
                    return body.map(request::sendJsonObject).orElseGet(request::send);
                })
                .onFailure(failure -> !(failure instanceof ProblemException))
                .transform(failure -> {
                    Log.warnf("keycloak does not answer: %s", failure.getMessage());
                    return KeycloakUnavailable.problem();
                });
    }

    static RuntimeException unexpected(HttpResponse<Buffer> answer) {
        Log.warnf("keycloak answered unexpectedly: status=%d", answer.statusCode());
        return KeycloakUnavailable.problem();
    }
}
