package dev.hearth.auth.signin;

import dev.hearth.auth.identity.CookieSessions;
import dev.hearth.auth.keycloak.Keycloak;
import dev.hearth.auth.keycloak.Login;
import dev.hearth.caller.CookieSettings;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Sign-in for browsers: to Keycloak's page, where passkeys, second factors and other providers are, and back with a
/// cookie.
@Path("/auth")
@Tag(name = "sign-in")
public class BrowserResource {
    private final Keycloak keycloak;
    private final SignIn signIn;
    private final CookieSessions sessions;
    private final CookieSettings cookies;
    private final boolean secure;

    BrowserResource(
            Keycloak keycloak,
            SignIn signIn,
            CookieSessions sessions,
            CookieSettings cookies,
            @ConfigProperty(name = "hearth.public-url", defaultValue = "http://localhost:8080") String publicUrl) {
        this.keycloak = keycloak;
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookies = cookies;
        this.secure = publicUrl.startsWith("https:");
    }

    @GET
    @Path("/login")
    @Operation(
            operationId = "signInPage",
            summary = "Sends a browser to the sign-in page",
            description = "Afterwards it is back at `return`, a path of this origin. `fresh=true` asks for the password"
                    + " even of somebody who is signed in; so does `keep=true`, which keeps an account that was to be"
                    + " deleted.")
    @APIResponse(responseCode = "303", description = "To the sign-in page")
    public Response login(
            @Nullable @QueryParam("return") String goal,
            @Nullable @QueryParam("fresh") String fresh,
            @Nullable @QueryParam("keep") String keep) {
        var journey = Journey.to(goal, "true".equals(keep));
        // Another page's link must not keep an account that somebody wants to be rid of.
        boolean again = "true".equals(fresh) || journey.toStay();
        var page = keycloak.signInPage(journey.state(), journey.nonce(), journey.challenge(), again);
        return redirect(page, journeyCookie(journey.write(), Journey.MAX_SECONDS));
    }

    @GET
    @Path("/callback")
    @Operation(
            operationId = "signedInAtPage",
            summary = "Where a browser comes back from the sign-in page",
            description =
                    "It goes on to where it wanted to; with `?sign-in=failed`, `pending`, `leaving` or `refused` when nobody"
                            + " was let in.")
    @APIResponse(responseCode = "303", description = "To where the browser wanted to go")
    public Uni<Response> callback(
            @Nullable @QueryParam("code") String code,
            @Nullable @QueryParam("state") String state,
            @Context HttpServerRequest request) {
        var carried = request.getCookie(Journey.COOKIE);
        var journey = Optional.ofNullable(carried)
                .flatMap(cookie -> Journey.read(cookie.getValue()))
                .filter(known -> known.isKnownBy(state));
        if (journey.isEmpty()) {
            return Uni.createFrom().item(redirect(Journey.to(null).goalWithout("failed"), forgotten()));
        }
        if (code == null || code.length() > 4_000) {
            return Uni.createFrom().item(redirect(journey.get().goalWithout("failed"), forgotten()));
        }
        return keycloak.exchange(code, journey.get().verifier())
                .map(login -> login.filter(
                        found -> found.nonce().equals(Optional.of(journey.get().nonce()))))
                .flatMap(login -> arrived(journey.get(), login, Visitor.of(request)));
    }

    private Uni<Response> arrived(Journey journey, Optional<Login> login, Visitor visitor) {
        if (login.isEmpty()) {
            return Uni.createFrom().item(redirect(journey.goalWithout("failed"), forgotten()));
        }
        var signedIn =
                journey.toStay() ? signIn.byPageToStay(login.get(), visitor) : signIn.byPage(login.get(), visitor);
        return signedIn.map(signed -> redirect(
                        journey.goal(),
                        forgotten(),
                        cookies.of(signed.started().cookie(), sessions.limits().longest())))
                .onFailure(ProblemException.class)
                .recoverWithItem(refused -> redirect(journey.goalWithout(why(refused)), forgotten()));
    }

    private static String why(Throwable refused) {
        return switch (((ProblemException) refused).problem().problemType()) {
            case ACCOUNT_PENDING -> "pending";
            case ACCOUNT_LEAVING -> "leaving";
            default -> "refused";
        };
    }

    private static Response redirect(String to, NewCookie... set) {
        // Written as it is: JAX-RS would put the service's own address before a path.
        return Response.status(303)
                .header("Location", URI.create(to).toString())
                .header("Cache-Control", "no-store")
                .cookie(set)
                .build();
    }

    private NewCookie forgotten() {
        return journeyCookie("", 0);
    }

    /// Lax, as the browser comes back from a page.
    private NewCookie journeyCookie(String value, int maxAge) {
        return new NewCookie.Builder(Journey.COOKIE)
                .value(value)
                .path("/auth")
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
