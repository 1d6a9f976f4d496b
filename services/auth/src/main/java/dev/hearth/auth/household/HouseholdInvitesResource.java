package dev.hearth.auth.household;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.Given;
import dev.hearth.auth.identity.EmailAddress;
import dev.hearth.auth.identity.Invites;
import dev.hearth.auth.identity.Invites.Sent;
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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Invites into a household: an administrator makes one and sends its link or code to somebody.
@Path("/api/v1/households/{household}/invites")
@Authenticated
@Tag(name = "households")
public class HouseholdInvitesResource {
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 30;

    /// With `email` the link goes to that address.
    public record Wanted(Optional<String> role, Optional<Integer> days, Optional<String> email) {
        @Override
        public String toString() {
            return "Wanted[hidden]";
        }
    }

    /// `status` is `waiting`, `sent`, `failed` when the mail server refused the address, or `by-hand` where this
    /// server sends no e-mail, so that whoever invites has to hand the link over.
    public record Mailed(String address, String status) {
        @Override
        public String toString() {
            return "Mailed[" + status + "]";
        }
    }

    public record Open(UUID id, String role, Instant createdAt, Instant expiresAt, Optional<Mailed> mail) {
        static Open of(Sent sent, Optional<Mailed> mail) {
            var invite = sent.invite();
            return new Open(invite.id(), Words.of(invite.role()), invite.createdAt(), invite.expiresAt(), mail);
        }

        static Open of(Sent sent) {
            return of(
                    sent,
                    sent.mail()
                            .map(mail -> new Mailed(
                                    mail.address(), mail.state().name().toLowerCase(Locale.ROOT))));
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
    private final boolean sends;
    private final String publicUrl;

    HouseholdInvitesResource(
            People people,
            Invites invites,
            AuthConfig config,
            @ConfigProperty(name = "hearth.public-url", defaultValue = "http://localhost:8080") String publicUrl) {
        this.people = people;
        this.invites = invites;
        this.sends = config.mail().enabled();
        this.publicUrl = publicUrl;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "invite",
            summary = "Makes an invite for one person and shows its code, once",
            description =
                    "With `email` the link is sent to that address; `mail.status` in the list of invites says what"
                            + " became of it. `by-hand` means that this server sends no e-mail: hand the link over yourself.")
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Issued.class)))
    public Uni<Issued> issue(@PathParam("household") String household, Wanted wanted) {
        var id = Words.id(household);
        var role = Given.body(wanted).role().map(Words::role).orElse(Member.Role.MEMBER);
        int days = wanted.days().orElse(USUAL_DAYS);
        if (days < 1 || days > MOST_DAYS) {
            throw Words.invalid("An invite is good for 1 to " + MOST_DAYS + " days.");
        }
        var to = wanted.email().map(HouseholdInvitesResource::address);
        return people.caller()
                .flatMap(user -> invites.issue(user, id, role, Duration.ofDays(days), to.filter(_ -> sends)))
                .map(issued -> new Issued(
                        sends
                                ? Open.of(issued.sent())
                                : Open.of(issued.sent(), to.map(unsent -> new Mailed(unsent.value(), "by-hand"))),
                        issued.code().written(),
                        publicUrl + "/?invite=" + issued.code().written()));
    }

    private static EmailAddress address(String typed) {
        return EmailAddress.parse(typed).orElseThrow(() -> Words.invalid("\"email\" is not an e-mail address."));
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
