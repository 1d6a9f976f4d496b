package dev.hearth.auth.household;

import dev.hearth.caller.Callers;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/// Who asks.
@RequestScoped
class People {
    private final CurrentIdentityAssociation identity;

    People(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    Uni<UUID> caller() {
        return identity.getDeferredIdentity()
                .map(verified -> Callers.of(verified).user().id());
    }
}
