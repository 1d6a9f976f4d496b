package dev.hearth.auth.keycloak;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Auth's own access token at Keycloak, kept until shortly before it ends.
@ApplicationScoped
public class ServiceAccount {
    private static final int MARGIN_SECONDS = 30;

    private record Kept(String token, Instant until) {}

    private final WebClient client;
    private final KeycloakConfig config;
    private final Clock clock;
    private volatile @Nullable Kept kept;

    ServiceAccount(WebClient client, KeycloakConfig config, Clock clock) {
        this.client = client;
        this.config = config;
        this.clock = clock;
    }

    public Uni<String> token() {
        var known = kept;
        if (known != null && clock.instant().isBefore(known.until())) {
            return Uni.createFrom().item(known.token());
        }
        var form = MultiMap.caseInsensitiveMultiMap()
                .add("grant_type", "client_credentials")
                .add("client_id", KeycloakConfig.CLIENT)
                .add("client_secret", config.secret());
        return client.postAbs(config.openId("token"))
                .timeout(Keycloak.PATIENCE)
                .sendForm(form)
                .map(this::keep);
    }

    private String keep(HttpResponse<Buffer> answer) {
        if (answer.statusCode() != 200) {
            throw KeycloakPeople.unexpected(answer);
        }
        JsonObject body = answer.bodyAsJsonObject();
        var token = body.getString("access_token");
        kept = new Kept(token, clock.instant().plusSeconds(body.getLong("expires_in") - MARGIN_SECONDS));
        return token;
    }
}
