package dev.hearth.auth.household;

import dev.hearth.auth.Given;
import dev.hearth.auth.identity.Household;
import dev.hearth.auth.identity.Households;
import dev.hearth.auth.identity.Households.Belonging;
import dev.hearth.auth.identity.Member;
import dev.hearth.auth.identity.Roommate;
import dev.hearth.caller.IdentityFeed;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// The caller's households.
@Path("/api/v1/households")
@Authenticated
@Tag(name = "households")
public class HouseholdsResource {

    /// `role` is the caller's in it.
    public record Mine(UUID id, String name, String role, Instant createdAt) {
        static Mine of(Household household, Member.Role role) {
            return new Mine(household.id(), household.name(), Words.of(role), household.createdAt());
        }

        static Mine of(Belonging belonging) {
            return of(belonging.household(), belonging.role());
        }
    }

    public record Named(String name) {}

    public record Ranked(String role) {}

    public record Seen(UUID id, Optional<String> name, String role, Instant joinedAt) {
        static Seen of(Roommate roommate) {
            return new Seen(roommate.id(), roommate.name(), Words.of(roommate.role()), roommate.joinedAt());
        }
    }

    private final People people;
    private final Households households;
    private final IdentityFeed feed;

    HouseholdsResource(People people, Households households, IdentityFeed feed) {
        this.people = people;
        this.households = households;
        this.feed = feed;
    }

    @GET
    @Operation(operationId = "listHouseholds", summary = "The households that the caller belongs to")
    public Uni<List<Mine>> list() {
        return people.caller()
                .flatMap(households::list)
                .map(all -> all.stream().map(Mine::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "createHousehold", summary = "Makes a household, with the caller as its administrator")
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Mine.class)))
    public Uni<Mine> create(Named named) {
        var name = Words.name(Given.body(named).name());
        return people.caller()
                .flatMap(user -> households.create(user, name))
                .call(feed::caughtUp)
                .map(household -> Mine.of(household, Member.Role.ADMIN));
    }

    @PATCH
    @Path("/{household}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "renameHousehold", summary = "Gives a household another name")
    public Uni<Mine> rename(@PathParam("household") String household, Named named) {
        var id = Words.id(household);
        var name = Words.name(Given.body(named).name());
        return people.caller()
                .flatMap(user -> households.rename(user, id, name))
                .map(renamed -> Mine.of(renamed, Member.Role.ADMIN));
    }

    @GET
    @Path("/{household}/members")
    @Operation(operationId = "listMembers", summary = "Who belongs to a household")
    public Uni<List<Seen>> members(@PathParam("household") String household) {
        var id = Words.id(household);
        return people.caller()
                .flatMap(user -> households.members(user, id))
                .map(all -> all.stream().map(Seen::of).toList());
    }

    @PUT
    @Path("/{household}/members/{member}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeMember",
            summary = "Makes a member an administrator of the household, or the reverse")
    public Uni<Void> change(
            @PathParam("household") String household, @PathParam("member") String member, Ranked ranked) {
        var id = Words.id(household);
        var changed = Words.id(member);
        var role = Words.role(Given.body(ranked).role());
        return people.caller().flatMap(user -> households.change(user, id, changed, role));
    }

    @DELETE
    @Path("/{household}/members/{member}")
    @Operation(
            operationId = "removeMember",
            summary = "Takes somebody out of a household, or leaves it",
            description = "The last one out takes the household along.")
    public Uni<Void> remove(@PathParam("household") String household, @PathParam("member") String member) {
        var id = Words.id(household);
        var leaving = Words.id(member);
        return people.caller()
                .flatMap(user -> households.remove(user, id, leaving))
                .call(feed::caughtUp);
    }
}
