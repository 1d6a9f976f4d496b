package dev.hearth.auth.carry;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.StepUp;
import dev.hearth.caller.Callers;
import dev.hearth.caller.OpenStreams;
import dev.hearth.contracts.Caller;
import dev.hearth.eventlog.EventLog;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

/// All that somebody has here, as one archive.
@Path("/api/v1/account/export")
@Authenticated
@Tag(name = "account")
public class ExportResource {
    private final CurrentIdentityAssociation identity;
    private final Belongings belongings;
    private final EventLog log;
    private final OpenStreams streams;
    private final Turns turns;
    private final StepUp stepUp;
    private final AuthConfig.Carry config;
    private final Clock clock;

    ExportResource(
            CurrentIdentityAssociation identity,
            Belongings belongings,
            EventLog log,
            OpenStreams streams,
            Turns turns,
            StepUp stepUp,
            AuthConfig config,
            Clock clock) {
        this.identity = identity;
        this.belongings = belongings;
        this.log = log;
        this.streams = streams;
        this.turns = turns;
        this.stepUp = stepUp;
        this.config = config.carry();
        this.clock = clock;
    }

    /// Who asks, with what they have, and their turn.
    private record Asked(Caller caller, Belongings.All all, Runnable done, SecurityIdentity identity) {}

    @GET
    @Produces(Archive.MEDIA_TYPE)
    @Operation(
            operationId = "exportAccount",
            summary = "All that is the caller's, as an archive",
            description = "Profile, own stores with all events, and lists of tokens, sessions, households and names. An"
                    + " archive without a manifest at its end has broken off.")
    @APIResponse(
            responseCode = "200",
            description = "The archive",
            content =
                    @Content(
                            mediaType = Archive.MEDIA_TYPE,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public RestMulti<Buffer> export() {
        return RestMulti.fromUniResponse(
                asked(),
                this::archive,
                asked -> Map.of(
                        "Content-Type",
                        List.of(Archive.MEDIA_TYPE),
                        "Content-Disposition",
                        List.of("attachment; filename=\"hearth-account.zip\""),
                        "Cache-Control",
                        List.of("no-store")));
    }

    private Uni<Asked> asked() {
        return identity.getDeferredIdentity().invoke(stepUp::check).flatMap(verified -> {
            var caller = Callers.of(verified);
            var done = turns.take(caller.user().id());
            return belongings
                    .of(caller)
                    .map(all -> new Asked(caller, all, done, verified))
                    .onFailure()
                    .invoke(done);
        });
    }

    /// Piece by piece, as fast as it is taken. It ends when its caller is not let in any more.
    private Multi<Buffer> archive(Asked asked) {
        var refusal = new AtomicReference<@Nullable Problem>();
        var watched = streams.open(asked.identity(), new OpenStreams.Stream() {
            @Override
            public void goOnAs(Caller caller) {
                // Their own stores stay their own.
            }

            @Override
            public void end(Problem why) {
                refusal.set(why);
            }
        });
        var export = new Export(log, asked.caller().user(), asked.all(), config.pageEvents(), clock);
        return export.pieces()
                .invoke(() -> {
                    var why = refusal.get();
                    if (why != null) {
                        throw new ProblemException(why);
                    }
                })
                .onTermination()
                .invoke(() -> {
                    watched.run();
                    asked.done().run();
                });
    }
}
