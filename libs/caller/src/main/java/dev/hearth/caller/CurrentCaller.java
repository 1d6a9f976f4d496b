package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.enterprise.context.RequestScoped;

/// The caller of this request. Endpoints that use it are `@Authenticated`, so the identity is there.
@RequestScoped
public class CurrentCaller {
    private final CurrentIdentityAssociation identity;

    CurrentCaller(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    public Caller get() {
        return Callers.of(identity.getIdentity());
    }
}
