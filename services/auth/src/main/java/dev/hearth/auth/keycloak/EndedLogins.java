package dev.hearth.auth.keycloak;

import dev.hearth.auth.identity.Accounts;
import dev.hearth.auth.identity.CookieSession;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/// Ends the logins at Keycloak that sessions came from: else the browser's next sign-in would ask for no password, and
/// the login's access tokens would go on.
@ApplicationScoped
public class EndedLogins {
    private final Accounts accounts;
    private final KeycloakPeople people;

    EndedLogins(Accounts accounts, KeycloakPeople people) {
        this.accounts = accounts;
        this.people = people;
    }

    public Uni<Void> end(List<CookieSession> sessions) {
        var done = Uni.createFrom().voidItem();
        for (CookieSession session : sessions) {
            if (session.login().isPresent()) {
                done = done.flatMap(_ -> end(session.account(), session.login().get()));
            }
        }
        return done;
    }

    /// Its tokens count no more from here on; that Keycloak may be away changes nothing of that.
    public Uni<Void> end(UUID user, String login) {
        return accounts.endLogin(user, login)
                .flatMap(_ -> people.endLogin(login)
                        .onFailure()
                        .invoke(_ -> Log.warn("a login at keycloak could not be ended"))
                        .onFailure()
                        .recoverWithNull());
    }
}
