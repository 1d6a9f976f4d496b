package dev.hearth.caller.http;

import dev.hearth.caller.Changes;
import dev.hearth.caller.Credential;
import dev.hearth.caller.Holder;
import dev.hearth.caller.Sessions;
import dev.hearth.caller.SessionsUnavailable;
import dev.hearth.caller.Standing;
import dev.hearth.caller.TokenHolder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The port of an auth that runs elsewhere. A question may be asked twice, so one that met a broken connection is.
public final class HttpSessions implements Sessions {
    /// A caller waits for the answer, and is told to come back rather than kept waiting.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final WebClient client;
    private final String baseUrl;
    private final Supplier<Uni<String>> token;
    private final Runnable refused;

    /// `baseUrl` without a slash at its end; `token` gives an access token with the role `service`.
    public HttpSessions(WebClient client, String baseUrl, Supplier<Uni<String>> token) {
        this(client, baseUrl, token, () -> {});
    }

    /// `refused` is run when a token was not taken.
    public HttpSessions(WebClient client, String baseUrl, Supplier<Uni<String>> token, Runnable refused) {
        this.client = client;
        this.baseUrl = baseUrl + SessionsPath.ROOT + "/";
        this.token = token;
        this.refused = refused;
    }

    @Override
    public Uni<Optional<Holder>> holderOf(Credential credential) {
        return ask(SessionsPath.HOLDER, SessionsJson.write(credential), SessionsJson::holder);
    }

    @Override
    public Uni<Standing> standingOf(TokenHolder holder) {
        return ask(SessionsPath.STANDING, SessionsJson.write(holder), SessionsJson::standing);
    }

    @Override
    public Uni<Changes> changes(Optional<String> cursor) {
        return ask(SessionsPath.CHANGES, new JsonObject().put("cursor", cursor.orElse(null)), SessionsJson::changes);
    }

    private <T> Uni<T> ask(String operation, JsonObject body, Function<JsonObject, T> read) {
        return Uni.createFrom()
                .deferred(() -> token.get().flatMap(bearer -> send(operation, body, bearer)))
                .onFailure(IOException.class)
                .retry()
                .atMost(1)
                .invoke(this::lookAtRefusal)
                .map(response -> read(operation, response, read))
                .onFailure(failure -> !(failure instanceof SessionsUnavailable))
                .transform(failure -> new SessionsUnavailable("auth cannot be reached", failure));
    }

    private Uni<HttpResponse<Buffer>> send(String operation, JsonObject body, String bearer) {
        return client.postAbs(baseUrl + operation)
                .timeout(PATIENCE.toMillis())
                .bearerTokenAuthentication(bearer)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body.encode()));
    }

    private void lookAtRefusal(HttpResponse<Buffer> response) {
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            refused.run();
        }
    }

    private static <T> T read(String operation, HttpResponse<Buffer> response, Function<JsonObject, T> read) {
        if (response.statusCode() != 200) {
            throw new SessionsUnavailable("auth answered " + operation + " with " + response.statusCode(), null);
        }
        try {
            return read.apply(response.bodyAsJsonObject());
        } catch (RuntimeException garbled) {
            throw new SessionsUnavailable("auth's answer to " + operation + " cannot be read", garbled);
        }
    }
}
