package dev.hearth.caller;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Lets in who holds a session's cookie or an API token.
@ApplicationScoped
public class Holders {
    private static final Pattern POSSIBLE = Pattern.compile("[A-Za-z0-9_-]{1," + Credential.MAX_LENGTH + "}");

    private final Sessions sessions;
    private final Remembered<Credential> remembered;

    @Inject
    Holders(Sessions sessions, IdentityFeed feed) {
        this(sessions, feed, InstantSource.system());
    }

    Holders(Sessions sessions, IdentityFeed feed, InstantSource clock) {
        this.sessions = sessions;
        this.remembered = new Remembered<>(feed, clock);
    }

    /// Fails with `AuthenticationFailedException` when nobody holds it.
    Uni<SecurityIdentity> identity(Credential credential) {
        if (!POSSIBLE.matcher(credential.value()).matches()) {
            return Uni.createFrom().failure(Doors.unknown());
        }
        return remembered
                .get(credential, () -> ask(credential).map(holder -> entry(credential, holder)))
                .onFailure()
                .transform(Doors::unavailable);
    }

    Optional<SecurityIdentity> remembered(Credential credential) {
        return remembered.known(credential);
    }

    private Uni<Holder> ask(Credential credential) {
        return sessions.holderOf(credential).map(found -> found.orElseThrow(Doors::unknown));
    }

    private Remembered.Entry entry(Credential credential, Holder holder) {
        var known = known(holder);
        var presented = new Presented(
                credential, known, () -> ask(credential).map(Holders::known), () -> remembered.has(credential));
        var identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(holder.caller().user().id().toString()))
                .addRoles(holder.kind() == Holder.Kind.SESSION ? holder.roles() : Set.of())
                .addAttribute(Callers.CALLER, holder.caller())
                .addAttribute(Callers.HOLDER, holder)
                .addAttribute(Callers.PRESENTED, presented)
                .build();
        return new Remembered.Entry(identity, known.hangsOn(), known.expiresAt());
    }

    private static Known known(Holder holder) {
        return new Known(holder.caller(), Subject.behind(holder), holder.expiresAt());
    }

    /// The credential in a bearer token, if it is one of ours.
    static Optional<Credential> in(String bearer) {
        return bearer.startsWith(Credential.API_TOKEN_PREFIX)
                ? Optional.of(new Credential.ApiToken(bearer))
                : Optional.empty();
    }
}
