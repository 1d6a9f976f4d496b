package dev.hearth.eventlog.http;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.hearth.caller.OnBehalfOf;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.EventLogUnavailable;
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
import dev.hearth.problems.TraceIds;
import dev.hearth.problems.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// The log of an event-store that runs elsewhere. Every operation may run twice (an append is known by its event ids),
/// so one that met a broken connection is tried again.
public final class HttpEventLog implements EventLog, StoreNames {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RETRIES = 2;

    private final WebClient client;
    private final String baseUrl;
    private final Supplier<Uni<String>> token;
    private final Runnable refused;

    /// `baseUrl` without a slash at its end; `token` gives an access token with the role `service`.
    public HttpEventLog(WebClient client, String baseUrl, Supplier<Uni<String>> token) {
        this(client, baseUrl, token, () -> {});
    }

    /// `refused` is run when a token was not taken.
    public HttpEventLog(WebClient client, String baseUrl, Supplier<Uni<String>> token, Runnable refused) {
        this.client = client;
        this.baseUrl = baseUrl + LogPath.ROOT + "/";
        this.token = token;
        this.refused = refused;
    }

    @Override
    public Uni<OpenResult> open(Caller caller, NewStore store) {
        return ask(LogPath.OPEN, Optional.of(caller), store, new TypeReference<>() {});
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreName name) {
        return ask(LogPath.FIND_BY_NAME, Optional.of(caller), name, new TypeReference<>() {});
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreId id) {
        return ask(LogPath.FIND_BY_ID, Optional.of(caller), new LogRequest.ById(id), new TypeReference<>() {});
    }

    @Override
    public Uni<List<Store>> list(Caller caller, Optional<StoreId> after, int limit) {
        return ask(LogPath.LIST, Optional.of(caller), new LogRequest.Listing(after, limit), new TypeReference<>() {});
    }

    @Override
    public Uni<AppendResult> append(Caller caller, Append append) {
        return ask(LogPath.APPEND, Optional.of(caller), append, new TypeReference<>() {});
    }

    @Override
    public Uni<ReadResult> read(Caller caller, Read read) {
        return ask(LogPath.READ, Optional.of(caller), read, new TypeReference<>() {});
    }

    @Override
    public Uni<Optional<Store>> reset(Caller caller, StoreId id, Generation current) {
        return ask(LogPath.RESET, Optional.of(caller), new LogRequest.Reset(id, current), new TypeReference<>() {});
    }

    @Override
    public Uni<NamingResult> name(Caller caller, StoreName name, StoreId store) {
        return ask(LogPath.NAME, Optional.of(caller), new LogRequest.Naming(name, store), new TypeReference<>() {});
    }

    @Override
    public Uni<Optional<StoreId>> named(Caller caller, StoreName name) {
        return ask(LogPath.NAMED, Optional.of(caller), name, new TypeReference<>() {});
    }

    @Override
    public Uni<List<GivenName>> given(Caller caller) {
        return ask(LogPath.GIVEN, Optional.of(caller), new LogRequest.Everything(), new TypeReference<>() {});
    }

    @Override
    public Uni<Boolean> forget(Caller caller, StoreName name) {
        return ask(LogPath.FORGET_NAME, Optional.of(caller), name, new TypeReference<>() {});
    }

    @Override
    public Uni<Long> raiseFence(UUID vault, long epoch) {
        return ask(LogPath.RAISE_FENCE, Optional.empty(), new LogRequest.Fence(vault, epoch), new TypeReference<>() {});
    }

    @Override
    public Uni<List<Head>> heads(Collection<StoreId> stores) {
        return ask(
                LogPath.HEADS, Optional.empty(), new LogRequest.Stores(List.copyOf(stores)), new TypeReference<>() {});
    }

    @Override
    public Uni<List<Store>> describe(Collection<StoreId> stores) {
        return ask(
                LogPath.DESCRIBE,
                Optional.empty(),
                new LogRequest.Stores(List.copyOf(stores)),
                new TypeReference<>() {});
    }

    @Override
    public Uni<Set<StoreId>> closed(Collection<StoreId> stores) {
        return ask(
                LogPath.CLOSED, Optional.empty(), new LogRequest.Stores(List.copyOf(stores)), new TypeReference<>() {});
    }

    @Override
    public Uni<List<Store>> all(Optional<StoreId> after, int limit) {
        return ask(LogPath.ALL, Optional.empty(), new LogRequest.Listing(after, limit), new TypeReference<>() {});
    }

    private <T> Uni<T> ask(String operation, Optional<Caller> caller, Object body, TypeReference<T> answer) {
        var bytes = Buffer.buffer(LogCbor.write(body));
        var trace = trace(body);
        return Uni.createFrom()
                .deferred(() -> token.get().flatMap(bearer -> send(operation, caller, trace, bytes, bearer)))
                .invoke(this::lookAtRefusal)
                .map(response -> read(operation, response, answer))
                .onFailure(HttpEventLog::isPassing)
                .retry()
                .withBackOff(Duration.ofMillis(50), Duration.ofMillis(500))
                .atMost(RETRIES)
                .onFailure(failure -> !(failure instanceof EventLogUnavailable))
                .transform(failure -> new EventLogUnavailable("the event-store cannot be reached", failure));
    }

    /// For the lines in the event-store's log. What is kept with events travels in the append.
    private static Optional<Trace> trace(Object body) {
        return body instanceof Append append ? append.trace().or(Traces::current) : Traces.current();
    }

    private Uni<HttpResponse<Buffer>> send(
            String operation, Optional<Caller> caller, Optional<Trace> trace, Buffer body, String bearer) {
        var request = client.postAbs(baseUrl + operation)
                .timeout(PATIENCE.toMillis())
                .bearerTokenAuthentication(bearer)
                .putHeader("Content-Type", LogCbor.MEDIA_TYPE);
        caller.ifPresent(whom -> request.putHeader(OnBehalfOf.HEADER, OnBehalfOf.write(whom)));
        trace.ifPresent(known -> request.putHeader(TraceIds.TRACEPARENT, known.toString()));
        return request.sendBuffer(body);
    }

    private void lookAtRefusal(HttpResponse<Buffer> response) {
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            refused.run();
        }
    }

    private static <T> T read(String operation, HttpResponse<Buffer> response, TypeReference<T> answer) {
        if (response.statusCode() != 200) {
            throw new EventLogUnavailable(
                    "the event-store answered " + operation + " with " + response.statusCode(), null);
        }
        try {
            return LogCbor.read(response.body().getBytes(), answer);
        } catch (IOException garbled) {
            throw new EventLogUnavailable("the event-store's answer cannot be read", garbled);
        }
    }

    /// A connection that broke or was refused; an answer, whatever it says, is final.
    private static boolean isPassing(Throwable failure) {
        return failure instanceof IOException && !(failure instanceof java.net.UnknownHostException);
    }
}
