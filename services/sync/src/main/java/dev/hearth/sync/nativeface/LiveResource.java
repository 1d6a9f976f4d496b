package dev.hearth.sync.nativeface;

import dev.hearth.caller.Callers;
import dev.hearth.caller.OpenStreams;
import dev.hearth.caller.TakesApiTokens;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.eventlog.EventLog;
import dev.hearth.problems.Problem;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.live.Follow;
import dev.hearth.sync.live.Live;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A store's events as they come.
@Path(NativeFace.PATH + "/{store}/live")
@Authenticated
@TakesApiTokens
@Produces({MediaType.WILDCARD, Problem.MEDIA_TYPE})
@Tag(name = "events")
public class LiveResource {
    private final EventLog log;
    private final Live live;
    private final OpenStreams streams;
    private final SyncConfig config;
    private final Vertx vertx;
    private final CurrentIdentityAssociation identity;

    LiveResource(
            EventLog log,
            Live live,
            OpenStreams streams,
            SyncConfig config,
            Vertx vertx,
            CurrentIdentityAssociation identity) {
        this.log = log;
        this.streams = streams;
        this.live = live;
        this.config = config;
        this.vertx = vertx;
        this.identity = identity;
    }

    @GET
    @Operation(
            operationId = "followEvents",
            summary = "Server-sent events: what is stored after the cursor, then what comes",
            description = "Events named `opened`, `event`, `reset` and `expired`; a comment every 15 s. A client that"
                    + " takes nothing is cut off and goes on with Last-Event-ID.")
    @APIResponse(
            responseCode = "200",
            description = "The stream",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    public Uni<Void> follow(
            @PathParam("store") String store,
            @Parameter(description = "Begin after this sequence", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(
                            description = "The generation the cursor belongs to",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("generation")
                    @Nullable
                    String generation,
            @Parameter(description = "Goes before `after`: the id of the last event that came")
                    @HeaderParam("Last-Event-ID")
                    @Nullable
                    String lastEventId,
            @Context RoutingContext http) {
        var verified = identity.getIdentity();
        var start = start(after, generation, lastEventId);
        var wish = new Follow(
                Callers.of(verified),
                Parameters.store(store),
                start.generation(),
                start.after(),
                config.live().pageEvents());
        return Uni.createFrom().emitter(answered -> {
            var stream =
                    new EventStream(http.response(), vertx, config.nativeFace().heartbeat(), answered);
            Callers.expiry(verified).ifPresent(stream::endAt);
            stream.onEnd(streams.open(
                    verified, OpenStreams.Stream.of(now -> Refusals.reached(log, now, wish.store()), stream::revoke)));
            live.follow(wish).subscribe().withSubscriber(stream);
        });
    }

    /// Where a stream begins.
    record Start(Optional<Generation> generation, Sequence after) {}

    private static Start start(@Nullable String after, @Nullable String generation, @Nullable String lastEventId) {
        if (lastEventId != null && !lastEventId.isEmpty()) {
            return SseForm.read(lastEventId);
        }
        return new Start(
                Parameters.generation(generation), new Sequence(after == null ? 0 : Parameters.cursor("after", after)));
    }
}
