package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcIdentityProvider;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Every token in an `Authorization` comes through here. An API token is the port's to judge. An access token is
/// Keycloak's: its signature is verified, then the port says how its user stands. Either is asked about now and then
/// only, because a device sends the same one with every request and a signature costs more than an append.
@ApplicationScoped
public class VerifiedTokens implements IdentityProvider<TokenAuthenticationRequest> {
    private final IdentityProvider<TokenAuthenticationRequest> verifier;
    private final Sessions sessions;
    private final Holders holders;
    private final Clients clients;
    private final Remembered<String> verified;

    @Inject
    VerifiedTokens(
            OidcIdentityProvider verifier, Sessions sessions, Holders holders, Clients clients, IdentityFeed feed) {
        this(verifier, sessions, holders, clients, feed, InstantSource.system());
    }

    VerifiedTokens(
            IdentityProvider<TokenAuthenticationRequest> verifier,
            Sessions sessions,
            Holders holders,
            Clients clients,
            IdentityFeed feed,
            InstantSource clock) {
        this.verifier = verifier;
        this.sessions = sessions;
        this.holders = holders;
        this.clients = clients;
        this.verified = new Remembered<>(feed, clock);
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /// Asked instead of the verifier.
    @Override
    public int priority() {
        return SYSTEM_FIRST + 100;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        if (!(request.getToken() instanceof AccessTokenCredential credential)) {
            return verifier.authenticate(request, context);
        }
        var token = credential.getToken();
        return Holders.in(token)
                .map(holders::identity)
                .orElseGet(() -> verified.get(
                                token,
                                () -> verifier.authenticate(request, context)
                                        .flatMap(identity -> admit(token, identity)))
                        .onFailure()
                        .transform(Doors::unavailable));
    }

    /// Who showed this access token or API token a moment ago, if it still counts.
    Optional<SecurityIdentity> remembered(String token) {
        return Holders.in(token).map(holders::remembered).orElseGet(() -> verified.known(token));
    }

    private Uni<Remembered.Entry> admit(String token, SecurityIdentity identity) {
        if (!(identity.getPrincipal() instanceof JsonWebToken claims) || !clients.mayHave(claims)) {
            return Uni.createFrom().failure(Doors.unknown());
        }
        var expiresAt = Instant.ofEpochSecond(claims.getExpirationTime());
        if (identity.getRoles().contains(OnBehalfOf.SERVICE_ROLE)) {
            var service = withoutRequest(identity).build();
            return Uni.createFrom().item(new Remembered.Entry(service, Set.of(), expiresAt));
        }
        return Uni.createFrom().deferred(() -> {
            var holder = holder(identity, claims);
            return ask(holder, expiresAt)
                    .map(known -> entry(
                            identity,
                            new Presented(token, known, () -> ask(holder, expiresAt), () -> verified.has(token))));
        });
    }

    private Uni<Known> ask(TokenHolder holder, Instant expiresAt) {
        return sessions.standingOf(holder).map(standing -> switch (standing) {
            case Standing.InOrder inOrder ->
                new Known(caller(holder, inOrder), Subject.behind(holder, inOrder), expiresAt);
            case Standing.Refused(ProblemType why, String detail) -> throw Doors.refused(why, detail);
        });
    }

    private static Caller caller(TokenHolder holder, Standing.InOrder standing) {
        var user = Principal.user(holder.user());
        var principals = new HashSet<>(standing.households());
        principals.add(user);
        return new Caller(user, principals);
    }

    private static Remembered.Entry entry(SecurityIdentity identity, Presented presented) {
        var admitted = withoutRequest(identity)
                .addAttribute(Callers.CALLER, presented.known().caller())
                .addAttribute(Callers.PRESENTED, presented)
                .build();
        return new Remembered.Entry(
                admitted, presented.known().hangsOn(), presented.known().expiresAt());
    }

    private static TokenHolder holder(SecurityIdentity identity, JsonWebToken claims) {
        try {
            return new TokenHolder(
                    UUID.fromString(claims.getSubject()),
                    text(claims, "sid"),
                    Instant.ofEpochSecond(claims.getIssuedAtTime()),
                    text(claims, "email"),
                    text(claims, "name"),
                    identity.getRoles().contains(Callers.ADMIN_ROLE));
        } catch (IllegalArgumentException | NullPointerException notOurs) {
            throw Doors.unknown();
        }
    }

    private static Optional<String> text(JsonWebToken claims, String name) {
        return claims.getClaim(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// It comes with the request that brought the token, which must not outlive its answer.
    private static QuarkusSecurityIdentity.Builder withoutRequest(SecurityIdentity identity) {
        var copy = QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .addCredentials(identity.getCredentials());
        identity.getAttributes().forEach((name, value) -> {
            if (!(value instanceof RoutingContext)) {
                copy.addAttribute(name, value);
            }
        });
        return copy;
    }
}
