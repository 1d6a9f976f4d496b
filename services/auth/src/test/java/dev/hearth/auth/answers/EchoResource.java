package dev.hearth.auth.answers;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// An endpoint of the tests' own: it takes a body, and it fails in the ways endpoints fail.
@Path("/echo")
@Produces(MediaType.APPLICATION_JSON)
public class EchoResource {
    static final String SECRET = "what nobody outside may read";

    public record Words(String text, int times) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Words> echo(Words words) {
        return Uni.createFrom().item(words);
    }

    @GET
    @Path("/broken")
    @Operation(hidden = true)
    public Uni<Words> broken() {
        return Uni.createFrom().failure(new IllegalStateException(SECRET));
    }

    @GET
    @Path("/service")
    @RolesAllowed("service")
    @Operation(hidden = true)
    public Uni<Words> service() {
        return Uni.createFrom().item(new Words("in", 1));
    }
}
