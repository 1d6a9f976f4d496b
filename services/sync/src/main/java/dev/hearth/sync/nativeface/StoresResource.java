package dev.hearth.sync.nativeface;

import dev.hearth.caller.CurrentCaller;
import dev.hearth.caller.TakesApiTokens;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Store;
import dev.hearth.problems.ProblemException;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.live.Live;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The caller's stores.
@Path(NativeFace.PATH)
@Authenticated
@TakesApiTokens
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stores", description = "A caller's logs: one for each app")
public class StoresResource {

    /// `next` is there when the list goes on: the `after` of the next page.
    public record StorePage(List<StoreView> stores, Optional<UUID> next) {}

    private final EventLog log;
    private final Live live;
    private final Bodies bodies;
    private final CurrentCaller caller;
    private final SyncConfig.NativeFace config;

    StoresResource(EventLog log, Live live, Bodies bodies, CurrentCaller caller, SyncConfig config) {
        this.log = log;
        this.live = live;
        this.bodies = bodies;
        this.caller = caller;
        this.config = config.nativeFace();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "openStore", summary = "Find the caller's store of that name, or make it")
    @RequestBody(content = @Content(schema = @Schema(implementation = OpenStore.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was there",
            content = @Content(schema = @Schema(implementation = StoreView.class)))
    @APIResponse(
            responseCode = "201",
            description = "It was made",
            content = @Content(schema = @Schema(implementation = StoreView.class)))
    public Uni<RestResponse<StoreView>> open(
            @Parameter(hidden = true) @HeaderParam("Content-Encoding") @Nullable String contentEncoding, byte[] body) {
        Caller opener = caller.get();
        return bodies.read(body, contentEncoding, OpenStore.class)
                .flatMap(wanted -> log.open(opener, wanted.forCaller(opener)))
                .map(result -> opened(Refusals.opened(opener, result)));
    }

    private static RestResponse<StoreView> opened(OpenResult.Opened result) {
        var store = StoreView.of(result.store());
        return result.created()
                ? RestResponse.ResponseBuilder.<StoreView>created(URI.create(NativeFace.PATH + "/" + store.id()))
                        .entity(store)
                        .build()
                : RestResponse.ok(store);
    }

    @GET
    @Operation(operationId = "listStores", summary = "The caller's stores, ordered by id")
    public Uni<StorePage> list(
            @Parameter(
                            description = "The id after which the page begins",
                            schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = "1 to 100", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        int size = Parameters.limit(limit, config.maxStoresPerPage(), config.maxStoresPerPage());
        // One more than asked for tells whether there is one.
        return log.list(caller.get(), Optional.ofNullable(after).map(StoresResource::cursor), size + 1)
                .map(stores -> page(stores, size));
    }

    private static StoreId cursor(String after) {
        try {
            return StoreId.parse(after);
        } catch (IllegalArgumentException noId) {
            throw new ProblemException(ProblemType.INVALID_CURSOR, "\"after\" is a store's id.");
        }
    }

    private static StorePage page(List<Store> stores, int size) {
        var views = stores.stream().limit(size).map(StoreView::of).toList();
        return new StorePage(
                views, stores.size() > size ? Optional.of(views.getLast().id()) : Optional.empty());
    }

    @GET
    @Path("/{store}")
    @Operation(operationId = "getStore", summary = "A store as it is now")
    public Uni<StoreView> get(@PathParam("store") String store) {
        return log.find(caller.get(), Parameters.store(store))
                .map(found -> found.map(StoreView::of).orElseThrow(Refusals::unknownStore));
    }

    @DELETE
    @Path("/{store}")
    @Operation(
            operationId = "resetStore",
            summary = "Replace the history by an empty one",
            description = "The store stays, in the next generation; its clients are told to start again. Repeating the"
                    + " request with the same generation changes nothing more.")
    public Uni<StoreView> reset(
            @PathParam("store") String store,
            @Parameter(description = "Confirms: the store's name, exactly") @QueryParam("confirm") @Nullable
                    String confirm,
            @Parameter(description = "Confirms: the generation to replace", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("generation")
                    @Nullable
                    String generation) {
        var owner = caller.get();
        var id = Parameters.store(store);
        var named = Parameters.generation(generation);
        return log.find(owner, id)
                .map(found -> confirmed(found.orElseThrow(Refusals::unknownStore), confirm, named))
                .flatMap(current -> log.reset(owner, id, current))
                .map(after -> after.orElseThrow(Refusals::unknownStore))
                .invoke(after -> live.moved(after.id(), after.generation(), Sequence.ZERO))
                .map(StoreView::of);
    }

    private static Generation confirmed(Store store, @Nullable String confirm, Optional<Generation> named) {
        if (!store.name().clientId().equals(confirm) || named.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFIRMATION_NEEDED,
                    "This replaces the store's history. Repeat it with ?confirm=<the store's name>&generation="
                            + store.generation() + ".",
                    Map.of("generation", store.generation().value()));
        }
        if (named.get().compareTo(store.generation()) > 0) {
            throw Refusals.replaced(store.generation());
        }
        return named.get();
    }
}
