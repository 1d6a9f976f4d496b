package dev.hearth.auth.household;

import dev.hearth.auth.identity.InviteCode;
import dev.hearth.auth.identity.Invites;
import dev.hearth.auth.identity.Invites.Offer;
import dev.hearth.caller.IdentityFeed;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Invites, as those see them who are invited.
@Path("/api/v1/invites")
@Tag(name = "households")
public class InvitesResource {
    /// What somebody is invited to.
    public record Invitation(String household, Instant expiresAt) {}

    public record Joined(UUID id, String household) {}

    private final People people;
    private final Invites invites;
    private final IdentityFeed feed;

    InvitesResource(People people, Invites invites, IdentityFeed feed) {
        this.people = people;
        this.invites = invites;
        this.feed = feed;
    }

    @GET
    @Path("/{code}")
    @Operation(
            operationId = "lookAtInvite",
            summary = "What a code invites to",
            description = "Needs no sign-in: whoever has the code may look, and may register with it.")
    public Uni<Invitation> look(@PathParam("code") String code) {
        return invites.look(parsed(code)).map(offer -> new Invitation(offer.householdName(), offer.expiresAt()));
    }

    @POST
    @Path("/{code}/accept")
    @Authenticated
    @Operation(operationId = "acceptInvite", summary = "Makes the caller a member")
    public Uni<Joined> accept(@PathParam("code") String code) {
        var known = parsed(code);
        return people.caller()
                .flatMap(user -> invites.accept(user, known))
                .call(feed::caughtUp)
                .map(InvitesResource::joined);
    }

    private static Joined joined(Offer offer) {
        return new Joined(offer.household(), offer.householdName());
    }

    private static InviteCode parsed(String code) {
        return InviteCode.parse(code).orElseThrow(Invites::invalid);
    }
}
