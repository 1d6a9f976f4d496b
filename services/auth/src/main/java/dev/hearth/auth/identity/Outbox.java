package dev.hearth.auth.identity;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/// Writes what changed beside the change.
@ApplicationScoped
class Outbox {
    private static final String INSERT =
            "insert into identity_event (subject, type, state) values (:subject, :type, cast(cast(:state as text) as jsonb))";

    /// The change itself is written first: whoever comes later to the same row tells later.
    Uni<Void> tell(Mutiny.Session session, IdentityEvent event) {
        return session.flush()
                .flatMap(_ -> session.createNativeQuery(INSERT)
                        .setParameter("subject", event.subject().value())
                        .setParameter("type", event.type())
                        .setParameter(
                                "state", event.state().map(JsonObject::encode).orElse(null))
                        .executeUpdate())
                .replaceWithVoid();
    }
}
