package dev.hearth.auth.signin;

import dev.hearth.auth.Given;
import dev.hearth.auth.identity.AccountState;
import dev.hearth.auth.identity.Accounts;
import dev.hearth.auth.identity.CookieSessions;
import dev.hearth.auth.identity.SessionRow;
import dev.hearth.auth.keycloak.EndedLogins;
import dev.hearth.caller.Callers;
import dev.hearth.caller.CookieSettings;
import dev.hearth.caller.CrossSite;
import dev.hearth.caller.Holder;
import dev.hearth.caller.TakesApiTokens;
import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// Sign-in by a password that a client posts, and out. Sessions are cookies that only their browser sees.
@Path("/auth")
@Tag(name = "sign-in")
public class SignInResource {
    /// Typed again, for an act that needs it.
    public record PasswordAgain(String password) {
        @Override
        public String toString() {
            return "PasswordAgain[hidden]";
        }
    }

    /// Whether there was something to end.
    public record SignedOut(boolean revoked) {}

    private final SignIn signIn;
    private final SignUp signUp;
    private final Accounts accounts;
    private final CookieSessions sessions;
    private final EndedLogins logins;
    private final CookieSettings cookies;
    private final CrossSite crossSite;
    private final CurrentIdentityAssociation identity;

    SignInResource(
            SignIn signIn,
            SignUp signUp,
            Accounts accounts,
            CookieSessions sessions,
            EndedLogins logins,
            CookieSettings cookies,
            CrossSite crossSite,
            CurrentIdentityAssociation identity) {
        this.signIn = signIn;
        this.signUp = signUp;
        this.accounts = accounts;
        this.sessions = sessions;
        this.logins = logins;
        this.cookies = cookies;
        this.crossSite = crossSite;
        this.identity = identity;
    }

    @POST
    @Path("/register")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "register",
            summary = "Makes an account and signs in",
            description = "202 without a session where an administrator has to approve the account first.")
    @APIResponse(
            responseCode = "201",
            description = "The account is made, and signed in by a cookie",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = WhoAmI.class)))
    @APIResponse(
            responseCode = "202",
            description = "The account waits for an administrator",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = WhoAmI.class)))
    public Uni<RestResponse<WhoAmI>> register(Registration registration, @Context HttpServerRequest request) {
        crossSite.check(request);
        var visitor = Visitor.of(request);
        return signUp.register(Given.body(registration), visitor)
                .flatMap(account -> account.state() == AccountState.ACTIVE
                        ? signIn.started(account, registration.device(), visitor)
                                .map(signed -> answer(Status.CREATED, signed))
                        : Uni.createFrom()
                                .item(closed(ResponseBuilder.create(
                                        Status.ACCEPTED, WhoAmI.of(account, Optional.empty())))));
    }

    @POST
    @Path("/login")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "login",
            summary = "Signs in by a password",
            description = "Sets a cookie. Browsers and accounts with a second factor use GET /auth/login instead.")
    public Uni<RestResponse<WhoAmI>> login(Credentials credentials, @Context HttpServerRequest request) {
        crossSite.check(request);
        return signIn.byPassword(Given.body(credentials), Visitor.of(request)).map(signed -> answer(Status.OK, signed));
    }

    @POST
    @Path("/deletion/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "keepAccount",
            summary = "Signs in by a password, and keeps an account that was to be deleted",
            description = "Sets a cookie, as signing in does; that is all it does where nothing was to be deleted.")
    public Uni<RestResponse<WhoAmI>> keep(Credentials credentials, @Context HttpServerRequest request) {
        crossSite.check(request);
        return signIn.byPasswordToStay(Given.body(credentials), Visitor.of(request))
                .map(signed -> answer(Status.OK, signed));
    }

    @POST
    @Path("/step-up")
    @Authenticated
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "stepUp",
            summary = "Gives the password again, for an act that needs it",
            description = "The session goes on under another cookie.")
    public Uni<RestResponse<WhoAmI>> stepUp(PasswordAgain again, @Context HttpServerRequest request) {
        var visitor = Visitor.of(request);
        var typed = Given.body(again).password();
        return identity.getDeferredIdentity()
                .flatMap(verified -> shown(verified, visitor))
                .flatMap(session -> signIn.again(session, typed, visitor))
                .map(signed -> answer(Status.OK, signed));
    }

    private Uni<SessionRow> shown(SecurityIdentity verified, Visitor visitor) {
        if (!isSession(verified)) {
            throw Refusals.noSession();
        }
        return signIn.before(visitor).map(session -> session.orElseThrow(Refusals::noSession));
    }

    private static boolean isSession(SecurityIdentity verified) {
        return Callers.holder(verified)
                .filter(holder -> holder.kind() == Holder.Kind.SESSION)
                .isPresent();
    }

    @GET
    @Path("/whoami")
    @Authenticated
    @TakesApiTokens
    @Operation(operationId = "whoIsSignedIn", summary = "Whom the cookie or token belongs to")
    public Uni<RestResponse<WhoAmI>> whoAmI() {
        return identity.getDeferredIdentity()
                .flatMap(verified -> accounts.find(Callers.of(verified).user().id())
                        .map(found -> found.orElseThrow(Refusals::noSession))
                        .map(account -> WhoAmI.of(account, session(verified))))
                .map(who -> closed(ResponseBuilder.ok(who)));
    }

    private static Optional<WhoAmI.Session> session(SecurityIdentity verified) {
        return Callers.holder(verified)
                .filter(holder -> holder.kind() == Holder.Kind.SESSION)
                .map(holder -> new WhoAmI.Session(holder.id(), holder.expiresAt(), holder.steppedUpAt()));
    }

    @POST
    @Path("/logout")
    @Operation(
            operationId = "logout",
            summary = "Ends the cookie's session, or the access token's login",
            description = "Not an error when there is none.")
    public Uni<RestResponse<SignedOut>> logout() {
        return identity.getDeferredIdentity()
                .flatMap(this::ended)
                .onFailure(AuthenticationFailedException.class)
                .recoverWithItem(false)
                .map(ended -> closed(ResponseBuilder.ok(new SignedOut(ended)).cookie(cookies.gone())));
    }

    private Uni<Boolean> ended(SecurityIdentity verified) {
        if (isSession(verified)) {
            var holder = Callers.holder(verified).orElseThrow();
            return sessions.end(holder.caller().user().id(), holder.id())
                    .flatMap(session -> logins.end(session.stream().toList()))
                    .replaceWith(true);
        }
        if (verified.getPrincipal() instanceof JsonWebToken token && token.getClaim("sid") instanceof String sid) {
            return logins.end(Callers.of(verified).user().id(), sid).replaceWith(true);
        }
        return Uni.createFrom().item(false);
    }

    private RestResponse<WhoAmI> answer(Status status, SignIn.SignedIn signed) {
        var session = signed.started().session();
        var known = new WhoAmI.Session(
                session.id(),
                sessions.limits().endUnused(session.seenAt(), session.expiresAt()),
                session.steppedUpAt());
        return closed(ResponseBuilder.create(status, WhoAmI.of(signed.account(), Optional.of(known)))
                .cookie(cookies.of(signed.started().cookie(), sessions.limits().longest())));
    }

    /// Nobody on the way keeps it.
    private static <T> RestResponse<T> closed(ResponseBuilder<T> answer) {
        return answer.header("Cache-Control", "no-store").build();
    }
}
