package dev.hearth.auth.carry;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.StepUp;
import dev.hearth.caller.Callers;
import dev.hearth.contracts.Principal;
import dev.hearth.eventlog.EventLog;
import dev.hearth.problems.BodyAllowance;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Takes in what somebody had elsewhere.
@Path(ImportResource.PATH)
@Authenticated
@Tag(name = "account")
public class ImportResource {
    static final String PATH = "/api/v1/account/import";

    private final CurrentIdentityAssociation identity;
    private final EventLog log;
    private final Turns turns;
    private final StepUp stepUp;
    private final AuthConfig.Carry config;

    ImportResource(CurrentIdentityAssociation identity, EventLog log, Turns turns, StepUp stepUp, AuthConfig config) {
        this.identity = identity;
        this.log = log;
        this.turns = turns;
        this.stepUp = stepUp;
        this.config = config.carry();
    }

    /// On a thread that may wait: an archive is read as it comes, and unpacked, for as long as it takes.
    @POST
    @Blocking
    @Consumes(Archive.MEDIA_TYPE)
    @Operation(
            operationId = "importAccount",
            summary = "Takes in the stores of an archive that was exported here or elsewhere",
            description = "All of it is checked before any of it is taken in. Events keep their ids: what is there"
                    + " already is left as it is, so an import that broke off is repeated.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = Archive.MEDIA_TYPE,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Arrived take(InputStream archive) throws IOException {
        var verified = identity.getIdentity();
        stepUp.check(verified);
        var user = Callers.of(verified).user();
        var done = turns.take(user.id());
        try (var spool = Spool.of(archive)) {
            return arrived(spool, user);
        } finally {
            done.run();
        }
    }

    private Arrived arrived(Spool spool, Principal user) throws IOException {
        var files = new ArchiveFiles(spool.file(), config);
        var checked = CheckedArchive.check(files);
        return new Arrival(log, user, checked, config.pageEvents()).take(files);
    }

    /// An archive is larger than what else comes.
    static final class Allowance {
        private Allowance() {}

        @Produces
        @Singleton
        static BodyAllowance archives(AuthConfig config) {
            return new BodyAllowance(PATH, config.carry().maxBytes());
        }
    }
}
