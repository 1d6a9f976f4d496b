package dev.hearth.auth.household;

import dev.hearth.auth.Given;
import dev.hearth.auth.identity.Invite;
import dev.hearth.auth.identity.Invites;
import dev.hearth.auth.identity.Member;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Invites into a household: an administrator makes one and sends its link or code to somebody.
@Path("/api/v1/households/{household}/invites")
@Authenticated
@Tag(name = "households")
public class HouseholdInvitesResource {
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 30;

    public record Wanted(Optional<String> role, Optional<Integer> days) {}

    public record Open(UUID id, String role, Instant createdAt, Instant expiresAt) {
        static Open of(Invite invite) {
            return new Open(invite.id(), Words.of(invite.role()), invite.createdAt(), invite.expiresAt());
        }
    }

    /// `code` and `link` are shown this once.
    public record Issued(Open invite, String code, String link) {
        @Override
        public String toString() {
            return "Issued[" + invite.id() + "]";
        }
    }

    private final People people;
    private final Invites invites;
    private final String publicUrl;

    HouseholdInvitesResource(
            People people,
            Invites invites,
            @ConfigProperty(name = "hearth.public-url", defaultValue = "http://localhost:8080") String publicUrl) {
        this.people = people;
        this.invites = invites;
        this.publicUrl = publicUrl;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "invite", summary = "Makes an invite for one person and shows its code, once")
    public Uni<Issued> issue(@PathParam("household") String household, Wanted wanted) {
        var id = Words.id(household);
        var role = Given.body(wanted).role().map(Words::role).orElse(Member.Role.MEMBER);
        int days = wanted.days().orElse(USUAL_DAYS);
        if (days < 1 || days > MOST_DAYS) {
            throw Words.invalid("An invite is good for 1 to " + MOST_DAYS + " days.");
        }
        return people.caller()
                .flatMap(user -> invites.issue(user, id, role, Duration.ofDays(days)))
                .map(issued -> new Issued(
                        Open.of(issued.invite()),
                        issued.code().written(),
                        publicUrl + "/?invite=" + issued.code().written()));
    }

    @GET
    @Operation(operationId = "listInvites", summary = "Invites that nobody has accepted yet, without their codes")
    public Uni<List<Open>> list(@PathParam("household") String household) {
        var id = Words.id(household);
        return people.caller()
                .flatMap(user -> invites.list(user, id))
                .map(all -> all.stream().map(Open::of).toList());
    }

    @DELETE
    @Path("/{invite}")
    @Operation(operationId = "revokeInvite", summary = "Takes an invite back")
    public Uni<Void> revoke(@PathParam("household") String household, @PathParam("invite") String invite) {
        var id = Words.id(household);
        var revoked = Words.id(invite);
        return people.caller().flatMap(user -> invites.revoke(user, id, revoked));
    }
}
