package dev.hearth.eventstore.serve;

import dev.hearth.eventlog.StoreErasure;
import dev.hearth.eventlog.http.ErasurePath;
import dev.hearth.eventlog.http.LogCbor;
import dev.hearth.eventlog.http.LogRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Takes away what somebody had in the log. Service auth alone has the role: not even the other services may.
@Path(ErasurePath.ROOT)
@RolesAllowed(ErasurePath.ROLE)
@Consumes(LogCbor.MEDIA_TYPE)
@Produces(LogCbor.MEDIA_TYPE)
@Tag(name = "internal", description = "Between services. Not on the public origin.")
public class ErasureResource {
    private final StoreErasure erasure;

    ErasureResource(StoreErasure erasure) {
        this.erasure = erasure;
    }

    @POST
    public Uni<byte[]> erase(byte[] body) {
        return erasure.erase(LogResource.read(body, LogRequest.Owner.class).owner())
                .map(LogCbor::write);
    }
}
