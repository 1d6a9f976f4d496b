package dev.hearth.auth.keycloak;

import dev.hearth.auth.identity.Claims;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// Somebody has just signed in at Keycloak. Its tokens came from Keycloak itself, so their signatures tell nothing new.
///
/// @param authenticatedAt when they proved who they are; a browser that is signed in at Keycloak did so before
public record Login(
        UUID user,
        Optional<String> sid,
        Claims claims,
        Optional<String> nonce,
        Optional<Instant> authenticatedAt,
        String refreshToken) {

    static Login of(JsonObject tokens) {
        var access = claims(tokens.getString("access_token"));
        var roles = access.getJsonObject("realm_access", new JsonObject()).getJsonArray("roles", new JsonArray());
        var id = Optional.ofNullable(tokens.getString("id_token")).map(Login::claims);
        return new Login(
                UUID.fromString(access.getString("sub")),
                Optional.ofNullable(access.getString("sid")),
                new Claims(
                        Optional.ofNullable(access.getString("email")),
                        Optional.ofNullable(access.getString("name")),
                        roles.contains("admin"),
                        Instant.ofEpochSecond(access.getLong("iat"))),
                id.map(claims -> claims.getString("nonce")),
                id.map(claims -> claims.getLong("auth_time")).map(Instant::ofEpochSecond),
                tokens.getString("refresh_token", ""));
    }

    private static JsonObject claims(String token) {
        var parts = token.split("\\.");
        return new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
