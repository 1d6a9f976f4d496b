package dev.hearth.auth.serve;

import dev.hearth.caller.OnBehalfOf;
import dev.hearth.caller.Sessions;
import dev.hearth.caller.http.SessionsOverHttp;
import dev.hearth.caller.http.SessionsPath;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The port over HTTP: only services get in.
@Path(SessionsPath.ROOT)
@RolesAllowed(OnBehalfOf.SERVICE_ROLE)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "internal", description = "Between services. Not on the public origin.")
public class SessionsResource {
    private final SessionsOverHttp sessions;

    SessionsResource(Sessions sessions) {
        this.sessions = new SessionsOverHttp(sessions);
    }

    @POST
    @Path(SessionsPath.HOLDER)
    @Operation(operationId = "holderOf", summary = "Who holds a cookie or an API token")
    public Uni<String> holder(String body) {
        return sessions.holder(body);
    }

    @POST
    @Path(SessionsPath.STANDING)
    @Operation(operationId = "standingOf", summary = "How the user of a verified access token stands")
    public Uni<String> standing(String body) {
        return sessions.standing(body);
    }

    @POST
    @Path(SessionsPath.CHANGES)
    @Operation(operationId = "identityChanges", summary = "What changed since a cursor")
    public Uni<String> changes(String body) {
        return sessions.changes(body);
    }
}
