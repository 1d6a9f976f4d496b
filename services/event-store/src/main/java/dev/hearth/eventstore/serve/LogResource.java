package dev.hearth.eventstore.serve;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.hearth.caller.OnBehalfOf;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.GivenName;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.NamingResult;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.eventlog.StoreNames;
import dev.hearth.eventlog.http.LogCbor;
import dev.hearth.eventlog.http.LogPath;
import dev.hearth.eventlog.http.LogRequest;
import dev.hearth.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The port over HTTP. Bodies in CBOR; only services get in, and they say whom they act for. People and apps come
/// through sync: `docs/adr/0004-the-native-face-lives-in-sync.md`.
@Path(LogPath.ROOT)
@RolesAllowed(OnBehalfOf.SERVICE_ROLE)
@Consumes(LogCbor.MEDIA_TYPE)
@Produces(LogCbor.MEDIA_TYPE)
@Tag(name = "internal", description = "Between services. Not on the public origin.")
public class LogResource {
    private final EventLog log;
    private final StoreNames names;

    LogResource(EventLog log, StoreNames names) {
        this.log = log;
        this.names = names;
    }

    @POST
    @Path(LogPath.OPEN)
    public Uni<byte[]> open(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        return log.open(of(caller), read(body, NewStore.class))
                .map(result -> LogCbor.write(result, new TypeReference<OpenResult>() {}));
    }

    @POST
    @Path(LogPath.FIND_BY_NAME)
    public Uni<byte[]> findByName(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        return log.find(of(caller), read(body, StoreName.class)).map(LogResource::write);
    }

    @POST
    @Path(LogPath.FIND_BY_ID)
    public Uni<byte[]> findById(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        return log.find(of(caller), read(body, LogRequest.ById.class).id()).map(LogResource::write);
    }

    @POST
    @Path(LogPath.LIST)
    public Uni<byte[]> list(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        var listing = read(body, LogRequest.Listing.class);
        return log.list(of(caller), listing.after(), listing.limit())
                .map(stores -> LogCbor.write(stores, new TypeReference<List<Store>>() {}));
    }

    @POST
    @Path(LogPath.APPEND)
    public Uni<byte[]> append(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        return log.append(of(caller), read(body, Append.class))
                .map(result -> LogCbor.write(result, new TypeReference<AppendResult>() {}));
    }

    @POST
    @Path(LogPath.READ)
    public Uni<byte[]> read(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        return log.read(of(caller), read(body, Read.class))
                .map(result -> LogCbor.write(result, new TypeReference<ReadResult>() {}));
    }

    @POST
    @Path(LogPath.RESET)
    public Uni<byte[]> reset(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        var reset = read(body, LogRequest.Reset.class);
        return log.reset(of(caller), reset.id(), reset.current()).map(LogResource::write);
    }

    @POST
    @Path(LogPath.NAME)
    public Uni<byte[]> name(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        var naming = read(body, LogRequest.Naming.class);
        return names.name(of(caller), naming.name(), naming.store())
                .map(result -> LogCbor.write(result, new TypeReference<NamingResult>() {}));
    }

    @POST
    @Path(LogPath.NAMED)
    public Uni<byte[]> named(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        return names.named(of(caller), read(body, StoreName.class))
                .map(store -> LogCbor.write(store, new TypeReference<Optional<StoreId>>() {}));
    }

    @POST
    @Path(LogPath.FORGET_NAME)
    public Uni<byte[]> forgetName(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        return names.forget(of(caller), read(body, StoreName.class)).map(LogCbor::write);
    }

    @POST
    @Path(LogPath.GIVEN)
    public Uni<byte[]> given(@HeaderParam(OnBehalfOf.HEADER) String caller, byte[] body) {
        read(body, LogRequest.Everything.class);
        return names.given(of(caller)).map(given -> LogCbor.write(given, new TypeReference<List<GivenName>>() {}));
    }

    @POST
    @Path(LogPath.RAISE_FENCE)
    public Uni<byte[]> raiseFence(byte[] body) {
        var fence = read(body, LogRequest.Fence.class);
        return log.raiseFence(fence.vault(), fence.epoch()).map(LogCbor::write);
    }

    @POST
    @Path(LogPath.HEADS)
    public Uni<byte[]> heads(byte[] body) {
        return log.heads(read(body, LogRequest.Stores.class).stores())
                .map(heads -> LogCbor.write(heads, new TypeReference<List<Head>>() {}));
    }

    @POST
    @Path(LogPath.DESCRIBE)
    public Uni<byte[]> describe(byte[] body) {
        return log.describe(read(body, LogRequest.Stores.class).stores())
                .map(stores -> LogCbor.write(stores, new TypeReference<List<Store>>() {}));
    }

    @POST
    @Path(LogPath.CLOSED)
    public Uni<byte[]> closed(byte[] body) {
        return log.closed(read(body, LogRequest.Stores.class).stores())
                .map(closed -> LogCbor.write(closed, new TypeReference<Set<StoreId>>() {}));
    }

    @POST
    @Path(LogPath.ALL)
    public Uni<byte[]> all(byte[] body) {
        var listing = read(body, LogRequest.Listing.class);
        return log.all(listing.after(), listing.limit())
                .map(stores -> LogCbor.write(stores, new TypeReference<List<Store>>() {}));
    }

    private static Caller of(String header) {
        return OnBehalfOf.read(header);
    }

    private static byte[] write(Optional<Store> store) {
        return LogCbor.write(store, new TypeReference<Optional<Store>>() {});
    }

    static <T> T read(byte[] body, Class<T> type) {
        try {
            return LogCbor.read(body, type);
        } catch (IOException | IllegalArgumentException malformed) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "The body is not what this operation takes.");
        }
    }
}
