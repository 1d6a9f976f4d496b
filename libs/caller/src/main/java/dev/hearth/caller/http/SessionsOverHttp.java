package dev.hearth.caller.http;

import dev.hearth.caller.Sessions;
import dev.hearth.caller.SessionsUnavailable;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/// The side that answers: bodies in, bodies out. Only services may ask; whoever serves this sees to that.
public final class SessionsOverHttp {
    private final Sessions sessions;

    public SessionsOverHttp(Sessions sessions) {
        this.sessions = sessions;
    }

    public Uni<String> holder(String body) {
        return answer(body, SessionsJson::credential)
                .flatMap(credential -> unless(sessions.holderOf(credential)))
                .map(found -> SessionsJson.write(found).encode());
    }

    public Uni<String> standing(String body) {
        return answer(body, SessionsJson::tokenHolder)
                .flatMap(holder -> unless(sessions.standingOf(holder)))
                .map(standing -> SessionsJson.write(standing).encode());
    }

    public Uni<String> changes(String body) {
        return answer(body, json -> SessionsJson.optional(json, "cursor"))
                .flatMap(cursor -> unless(sessions.changes(cursor)))
                .map(changes -> SessionsJson.write(changes).encode());
    }

    private static <T> Uni<T> answer(String body, Function<JsonObject, T> read) {
        return Uni.createFrom().item(() -> {
            try {
                return read.apply(new JsonObject(body));
            } catch (RuntimeException malformed) {
                // Says nothing of the body: there is a secret in it.
                throw new ProblemException(ProblemType.INVALID_REQUEST, "The body is not what this operation takes.");
            }
        });
    }

    private static <T> Uni<T> unless(Uni<T> answer) {
        return answer.onFailure(SessionsUnavailable.class)
                .transform(_ -> new ProblemException(ProblemType.UNAVAILABLE, "It cannot be found out now."));
    }
}
