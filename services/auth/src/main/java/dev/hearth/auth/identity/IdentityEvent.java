package dev.hearth.auth.identity;

import dev.hearth.caller.Subject;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A change of identity: what it is about, what happened, and how the subject stands now, without address, name or
/// secret. Without a state the subject is gone.
public record IdentityEvent(Subject subject, String type, Optional<JsonObject> state) {

    static IdentityEvent session(String type, CookieSession session) {
        var state = new JsonObject()
                .put("user", session.account().toString())
                .put("expiresAt", session.expiresAt().toString());
        return new IdentityEvent(Subject.session(session.id()), type, Optional.of(state));
    }

    static IdentityEvent sessionEnded(UUID session) {
        return new IdentityEvent(Subject.session(session), "session-ended", Optional.empty());
    }

    static IdentityEvent token(UUID user, IssuedToken token) {
        var rights = token.rights();
        var state = new JsonObject()
                .put("user", user.toString())
                .put("read", rights.read())
                .put("write", rights.write())
                .put("expiresAt", token.expiresAt().toString());
        rights.stores()
                .ifPresent(some -> state.put(
                        "stores", array(some.stream().map(StoreId::value).toList())));
        return new IdentityEvent(Subject.token(token.id()), "token-issued", Optional.of(state));
    }

    static IdentityEvent tokenRevoked(UUID token) {
        return new IdentityEvent(Subject.token(token), "token-revoked", Optional.empty());
    }

    static IdentityEvent loginEnded(String login, UUID user) {
        var state = new JsonObject().put("user", user.toString()).put("ended", true);
        return new IdentityEvent(Subject.login(login), "login-ended", Optional.of(state));
    }

    static IdentityEvent household(String type, UUID household, Collection<Member> members) {
        var array = new JsonArray();
        members.forEach(member -> array.add(
                new JsonObject().put("user", member.account().toString()).put("role", lower(member.role()))));
        return new IdentityEvent(
                Subject.of(Principal.household(household)),
                type,
                members.isEmpty() ? Optional.empty() : Optional.of(new JsonObject().put("members", array)));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static JsonArray array(Collection<UUID> ids) {
        var array = new JsonArray();
        ids.stream().map(UUID::toString).sorted().forEach(array::add);
        return array;
    }
}
