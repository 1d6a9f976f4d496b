package dev.hearth.auth.account;

import dev.hearth.auth.Given;
import dev.hearth.auth.identity.Account;
import dev.hearth.auth.identity.Accounts;
import dev.hearth.caller.Callers;
import dev.hearth.caller.TakesApiTokens;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The caller's own account.
@Path("/api/v1/account")
@Authenticated
@Tag(name = "account")
public class AccountResource {

    /// `principals` are those under which the caller owns and reaches stores; `expiresAt` is when the credential ends.
    public record Profile(
            UUID id,
            Optional<String> email,
            Optional<String> name,
            String timeZone,
            String locale,
            Optional<Accepted> terms,
            Optional<Instant> ageAttestedAt,
            Instant createdAt,
            List<String> principals,
            Optional<Instant> expiresAt) {

        static Profile of(Account account, SecurityIdentity identity) {
            var principals = Callers.of(identity).principals().stream()
                    .map(Principal::toString)
                    .sorted()
                    .toList();
            return new Profile(
                    account.id(),
                    account.email(),
                    account.name(),
                    account.timeZone(),
                    account.locale(),
                    account.termsVersion().flatMap(version -> account.termsAt().map(at -> new Accepted(version, at))),
                    account.ageAttestedAt(),
                    account.createdAt(),
                    principals,
                    Callers.expiry(identity));
        }
    }

    /// Which terms were accepted, and when.
    public record Accepted(String version, Instant at) {}

    /// The terms that a person has read and accepts.
    public record Acceptance(String version) {}

    private final CurrentIdentityAssociation identity;
    private final Accounts accounts;
    private final Terms terms;
    private final Clock clock;

    AccountResource(CurrentIdentityAssociation identity, Accounts accounts, Terms terms, Clock clock) {
        this.identity = identity;
        this.accounts = accounts;
        this.terms = terms;
        this.clock = clock;
    }

    @GET
    @TakesApiTokens
    @Operation(operationId = "whoAmI", summary = "The caller's account")
    public Uni<Profile> account() {
        return identity.getDeferredIdentity()
                .flatMap(verified -> accounts.find(user(verified)).map(found -> profile(found, verified)));
    }

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeAccount", summary = "Changes name, time zone or language")
    public Uni<Profile> change(ProfileChange change) {
        var checked = Given.body(change).checked();
        return changed("account-changed", checked);
    }

    @POST
    @Path("/terms")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "acceptTerms", summary = "Accepts the terms that hold now")
    public Uni<Profile> acceptTerms(Acceptance acceptance) {
        terms.check(Given.body(acceptance).version());
        var now = clock.instant();
        return changed("terms-accepted", account -> account.acceptTerms(acceptance.version(), now));
    }

    @POST
    @Path("/age")
    @Operation(operationId = "attestAge", summary = "Says that the caller is old enough for this server")
    public Uni<Profile> attestAge() {
        var now = clock.instant();
        return changed("age-attested", account -> account.attestAge(now));
    }

    private Uni<Profile> changed(String type, Consumer<Account> change) {
        return identity.getDeferredIdentity()
                .flatMap(verified ->
                        accounts.change(user(verified), type, change).map(found -> profile(found, verified)));
    }

    private static UUID user(SecurityIdentity verified) {
        return Callers.of(verified).user().id();
    }

    private static Profile profile(Optional<Account> found, SecurityIdentity verified) {
        return found.map(account -> Profile.of(account, verified))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "The account is not known here."));
    }
}
