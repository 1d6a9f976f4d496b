package dev.hearth.caller.http;

import dev.hearth.caller.Changes;
import dev.hearth.caller.Credential;
import dev.hearth.caller.Holder;
import dev.hearth.caller.OnBehalfOf;
import dev.hearth.caller.Standing;
import dev.hearth.caller.Subject;
import dev.hearth.caller.TokenHolder;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The port's questions and answers as JSON. What cannot be read fails with a `RuntimeException`.
final class SessionsJson {
    private SessionsJson() {}

    static JsonObject write(Credential credential) {
        return switch (credential) {
            case Credential.SessionCookie(String value) -> new JsonObject().put("session", value);
            case Credential.ApiToken(String value) -> new JsonObject().put("apiToken", value);
        };
    }

    static Credential credential(JsonObject json) {
        return json.containsKey("session")
                ? new Credential.SessionCookie(json.getString("session"))
                : new Credential.ApiToken(required(json, "apiToken"));
    }

    static JsonObject write(TokenHolder holder) {
        return new JsonObject()
                .put("user", holder.user().toString())
                .put("login", holder.login().orElse(null))
                .put("issuedAt", holder.issuedAt().toString())
                .put("email", holder.email().orElse(null))
                .put("name", holder.name().orElse(null))
                .put("admin", holder.admin());
    }

    static TokenHolder tokenHolder(JsonObject json) {
        return new TokenHolder(
                UUID.fromString(required(json, "user")),
                optional(json, "login"),
                Instant.parse(required(json, "issuedAt")),
                optional(json, "email"),
                optional(json, "name"),
                json.getBoolean("admin"));
    }

    static JsonObject write(Optional<Holder> found) {
        return found.map(holder -> new JsonObject()
                        .put("caller", OnBehalfOf.write(holder.caller()))
                        .put("id", holder.id().toString())
                        .put("kind", holder.kind().name())
                        .put("roles", array(holder.roles()))
                        .put("expiresAt", holder.expiresAt().toString())
                        .put(
                                "steppedUpAt",
                                holder.steppedUpAt().map(Instant::toString).orElse(null)))
                .orElseGet(JsonObject::new);
    }

    static Optional<Holder> holder(JsonObject json) {
        return json.isEmpty()
                ? Optional.empty()
                : Optional.of(new Holder(
                        OnBehalfOf.read(required(json, "caller")),
                        UUID.fromString(required(json, "id")),
                        Holder.Kind.valueOf(required(json, "kind")),
                        set(json, "roles", text -> text),
                        Instant.parse(required(json, "expiresAt")),
                        optional(json, "steppedUpAt").map(Instant::parse)));
    }

    static JsonObject write(Standing standing) {
        return switch (standing) {
            case Standing.InOrder(var households) -> new JsonObject().put("households", array(households));
            case Standing.Refused(var why, var detail) ->
                new JsonObject().put("refused", why.name()).put("detail", detail);
        };
    }

    static Standing standing(JsonObject json) {
        return json.containsKey("refused")
                ? new Standing.Refused(ProblemType.valueOf(required(json, "refused")), required(json, "detail"))
                : new Standing.InOrder(set(json, "households", Principal::parse));
    }

    static JsonObject write(Changes changes) {
        return new JsonObject()
                .put("cursor", changes.cursor())
                .put("subjects", array(changes.subjects()))
                .put("lost", changes.lost());
    }

    static Changes changes(JsonObject json) {
        return new Changes(required(json, "cursor"), set(json, "subjects", Subject::new), json.getBoolean("lost"));
    }

    static Optional<String> optional(JsonObject json, String name) {
        return Optional.ofNullable(json.getString(name));
    }

    private static String required(JsonObject json, String name) {
        @Nullable String text = json.getString(name);
        if (text == null) {
            throw new IllegalArgumentException("the member " + name + " is missing");
        }
        return text;
    }

    private static JsonArray array(Collection<?> values) {
        return new JsonArray(values.stream().map(Object::toString).sorted().toList());
    }

    private static <T> Set<T> set(JsonObject json, String name, Function<String, T> read) {
        return json.getJsonArray(name).stream().map(Object::toString).map(read).collect(Collectors.toSet());
    }
}
