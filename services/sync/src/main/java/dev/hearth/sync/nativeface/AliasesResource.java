package dev.hearth.sync.nativeface;

import dev.hearth.caller.CurrentCaller;
import dev.hearth.caller.TakesApiTokens;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.NamingResult;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.StoreName;
import dev.hearth.eventlog.StoreNames;
import dev.hearth.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Names of the caller's own for stores of their households, so that any face's client reaches one by a name.
@Path(NativeFace.PATH + "/aliases/{face}/{name}")
@Authenticated
@TakesApiTokens
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stores")
public class AliasesResource {

    /// The store that the name stands for. It may be one that the caller does not reach any more.
    @Schema(name = "StoreAlias")
    public record AliasView(UUID store) {}

    private final EventLog log;
    private final StoreNames names;
    private final Bodies bodies;
    private final CurrentCaller caller;

    AliasesResource(EventLog log, StoreNames names, Bodies bodies, CurrentCaller caller) {
        this.log = log;
        this.names = names;
        this.bodies = bodies;
        this.caller = caller;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "nameStore",
            summary = "Give a household's store a name of one's own",
            description = "A client of that face that opens the name gets that store. Repeating it with another store"
                    + " moves the name.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NameStore.class)))
    public Uni<StoreView> name(
            @PathParam("face") String face,
            @PathParam("name") String name,
            @Parameter(hidden = true) @HeaderParam("Content-Encoding") @Nullable String contentEncoding,
            byte[] body) {
        var giver = caller.get();
        var given = name(face, name);
        return bodies.read(body, contentEncoding, NameStore.class)
                .flatMap(sent -> store(giver, sent.wish(given)))
                .flatMap(store -> names.name(giver, given, store))
                .map(AliasesResource::named);
    }

    private Uni<StoreId> store(Caller giver, NameStore.Wish wish) {
        return switch (wish) {
            case NameStore.Wish.Known(StoreId store) -> Uni.createFrom().item(store);
            case NameStore.Wish.OfHousehold(NewStore store) ->
                log.open(giver, store)
                        .map(result -> Refusals.opened(giver, result).store().id());
        };
    }

    private static StoreView named(NamingResult result) {
        return switch (result) {
            case NamingResult.Named(var store) -> StoreView.of(store);
            case NamingResult.UnknownStore() -> throw Refusals.unknownStore();
            case NamingResult.OtherFace(String face) ->
                throw new ProblemException(
                        ProblemType.FORBIDDEN,
                        "Only clients of the face that made this store reach it by a name.",
                        Map.of("face", face));
            case NamingResult.NameTaken() ->
                throw new ProblemException(ProblemType.NAME_TAKEN, "A store of your own has that name.");
            case NamingResult.TooManyNames(int limit) ->
                throw new ProblemException(
                        ProblemType.TOO_MANY_STORES,
                        "One user gives at most " + limit + " names.",
                        Map.of("allowed", limit));
        };
    }

    @GET
    @Operation(operationId = "getStoreAlias", summary = "What a name of one's own stands for")
    public Uni<AliasView> get(@PathParam("face") String face, @PathParam("name") String name) {
        return names.named(caller.get(), name(face, name))
                .map(found -> found.map(store -> new AliasView(store.value())).orElseThrow(AliasesResource::noAlias));
    }

    @DELETE
    @Operation(operationId = "forgetStoreAlias", summary = "Take a name back; the store stays")
    public Uni<Void> forget(@PathParam("face") String face, @PathParam("name") String name) {
        return names.forget(caller.get(), name(face, name))
                .invoke(forgotten -> {
                    if (!forgotten) {
                        throw noAlias();
                    }
                })
                .replaceWithVoid();
    }

    private static ProblemException noAlias() {
        return new ProblemException(ProblemType.NOT_FOUND, "You gave no store that name.");
    }

    private static StoreName name(String face, String name) {
        try {
            return new StoreName(Texts.storable("face", face), Texts.storable("name", name));
        } catch (IllegalArgumentException unusable) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, String.valueOf(unusable.getMessage()));
        }
    }
}
