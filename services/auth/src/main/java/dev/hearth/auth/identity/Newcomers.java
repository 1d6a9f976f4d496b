package dev.hearth.auth.identity;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/// How people came who have no account yet.
public interface Newcomers {
    /// Whether somebody else than Keycloak vouches for them: then nobody here has let them in.
    Uni<Boolean> cameBySocialSignIn(UUID user);
}
