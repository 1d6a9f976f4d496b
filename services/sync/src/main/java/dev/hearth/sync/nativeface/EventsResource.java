package dev.hearth.sync.nativeface;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hearth.caller.CurrentCaller;
import dev.hearth.caller.TakesApiTokens;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.Assigned;
import dev.hearth.eventlog.EventLines;
import dev.hearth.eventlog.EventLog;
import dev.hearth.problems.ProblemException;
import dev.hearth.problems.Traces;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.live.Live;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The events of a store: append, and read in pages.
@Path(NativeFace.PATH + "/{store}/events")
@Authenticated
@TakesApiTokens
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "events")
public class EventsResource {
    // Room for ":" and an index.
    private static final int MAX_IDEMPOTENCY_KEY = EventId.MAX_LENGTH - 12;

    /// Where the store ends now, and where each event stands, in the order they were sent.
    @Schema(name = "AppendedEvents")
    public record AppendAnswer(long generation, long head, List<Placed> events) {}

    /// `known`: it stood there before this append. `differs`: with other data, which stands.
    @Schema(name = "PlacedEvent")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Placed(String id, long sequence, boolean known, boolean differs) {
        static Placed of(Assigned assigned) {
            return new Placed(
                    assigned.event().value(), assigned.sequence().value(), assigned.known(), assigned.differs());
        }
    }

    private final EventLog log;
    private final Live live;
    private final EventPages pages;
    private final Bodies bodies;
    private final KnownStores stores;
    private final CurrentCaller caller;
    private final CurrentIdentityAssociation identity;
    private final SyncConfig.NativeFace config;

    EventsResource(
            EventLog log,
            Live live,
            EventPages pages,
            Bodies bodies,
            KnownStores stores,
            CurrentCaller caller,
            CurrentIdentityAssociation identity,
            SyncConfig config) {
        this.log = log;
        this.live = live;
        this.pages = pages;
        this.bodies = bodies;
        this.stores = stores;
        this.caller = caller;
        this.identity = identity;
        this.config = config.nativeFace();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "appendEvents",
            summary = "Append events, all or none",
            description = "Answered after the commit. Repeating an append with the same event ids, or with the same"
                    + " Idempotency-Key, answers as the first time.")
    @RequestBody(content = @Content(schema = @Schema(implementation = AppendEvents.class)))
    public Uni<AppendAnswer> append(
            @PathParam("store") String store,
            @Parameter(description = "Names events that have no id; at most 188 characters")
                    @HeaderParam("Idempotency-Key")
                    @Nullable
                    String idempotencyKey,
            @Parameter(hidden = true) @HeaderParam("Content-Encoding") @Nullable String contentEncoding,
            byte[] body) {
        var writer = caller.get();
        var trace = Traces.current();
        var id = Parameters.store(store);
        var key = Texts.optional("Idempotency-Key", idempotencyKey, MAX_IDEMPOTENCY_KEY);
        return bodies.read(body, contentEncoding, AppendEvents.class)
                .flatMap(sent -> stores.isPrivate(writer, id).map(isPrivate -> wanted(id, sent, isPrivate, key)))
                .flatMap(wanted -> append(writer, wanted.tracedBy(trace)))
                .map(Refusals::appended)
                .invoke(appended -> live.moved(id, appended.generation(), appended.head()))
                .map(EventsResource::answer);
    }

    private Uni<AppendResult> append(Caller writer, Append wanted) {
        return log.append(writer, wanted).invoke(result -> EventLines.say("answered", "native-face", wanted, result));
    }

    private Append wanted(StoreId store, AppendEvents sent, boolean isPrivate, Optional<String> key) {
        return new Append(store, sent.expectation(), sent.newEvents(isPrivate, key, config.maxEventsPerAppend()));
    }

    private static AppendAnswer answer(Appended appended) {
        var changed = appended.assigned().stream().filter(Assigned::differs).toList();
        // Nothing was written, so nothing stands in the way of saying no.
        if (!changed.isEmpty() && appended.assigned().stream().allMatch(Assigned::known)) {
            throw new ProblemException(
                    ProblemType.EVENT_ID_TAKEN,
                    "An event of that id stands in the store with other data.",
                    Map.of("events", changed.stream().map(Placed::of).toList()));
        }
        return new AppendAnswer(
                appended.generation().value(),
                appended.head().value(),
                appended.assigned().stream().map(Placed::of).toList());
    }

    @GET
    @Operation(
            operationId = "readEvents",
            summary = "A page of events",
            description =
                    "After a cursor oldest first, or before one newest first; of the whole store by sequence, or of"
                            + " one stream by revision. With `wait`, an empty page is held back until there is something.")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(schema = @Schema(implementation = PageView.class)))
    public Uni<byte[]> read(
            @PathParam("store") String store,
            @Parameter(
                            description = "Begin after this; 0: at the first event",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = "Begin before this and go backward; `end`: at the last event")
                    @QueryParam("before")
                    @Nullable
                    String before,
            @Parameter(description = "At most so many events", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(description = "Seconds to hold back an empty page", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("wait")
                    @Nullable
                    String wait,
            @Parameter(description = "Only this stream; the cursor is a revision") @QueryParam("stream") @Nullable
                    String stream,
            @Parameter(
                            description = "The generation the cursor belongs to",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("generation")
                    @Nullable
                    String generation) {
        return pages.read(
                identity.getIdentity(),
                new EventPages.Wish(
                        Parameters.store(store),
                        EventPages.Place.of(after, before),
                        Parameters.limit(limit, config.defaultEventsPerPage(), config.maxEventsPerPage()),
                        Parameters.wait(wait, config.longestWait()),
                        Parameters.stream(stream),
                        Parameters.generation(generation)));
    }
}
