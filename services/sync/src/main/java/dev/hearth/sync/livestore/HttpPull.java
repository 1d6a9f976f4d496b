package dev.hearth.sync.livestore;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Sequence;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.livestore.Answers.Outcome;
import dev.hearth.sync.livestore.Answers.PageInfo;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;

/// Gives a client everything after its cursor in one answer, page by page as it takes them. The client polls.
///
/// Its first failed poll is its last until the app restarts, so a log that is away is told as "nothing new" where that
/// can be said.
final class HttpPull {
    private final EventLog log;
    private final SyncConfig config;
    private final Stores stores;
    private final Cursors cursors;

    HttpPull(EventLog log, Stores stores, SyncConfig config) {
        this.log = log;
        this.config = config;
        this.stores = stores;
        this.cursors = new Cursors(log);
    }

    /// Writes the RPC messages of the answer, without the brackets around them.
    Uni<Void> pull(Caller caller, String requestId, Wire.Pull pull, HttpServerResponse response) {
        return stores.open(caller, pull.storeId())
                .flatMap(store -> pull(new Request(caller, requestId, response), pull, store))
                .onFailure(EventLogUnavailable.class)
                .recoverWithUni(away -> pull.after()
                        .map(cursor -> write(
                                response,
                                chunk(requestId, List.of(), new PageInfo.NoMore(), cursor.backendId()),
                                Answers.exit(requestId, new Outcome.Pulled())))
                        .orElseGet(() -> Uni.createFrom().failure(away)));
    }

    private record Request(Caller caller, String id, HttpServerResponse response) {}

    private Uni<Void> pull(Request request, Wire.Pull pull, Store store) {
        var backend = Backend.of(store).id();
        var named = pull.after().map(Wire.Cursor::backendId).orElse(backend);
        if (!named.equals(backend)) {
            return write(request.response(), Answers.exit(request.id(), new Outcome.OtherBackend(backend, named)));
        }
        return cursors.sequence(request.caller(), store, after(pull)).flatMap(from -> pages(request, store, from));
    }

    static Alias after(Wire.Pull pull) {
        long number = pull.after().map(Wire.Cursor::eventSequenceNumber).orElse(0L);
        if (number < 0) {
            throw new Refused("a cursor is never negative");
        }
        return new Alias(number);
    }

    /// Up to the head as it was at the start, so that a busy store does not keep the answer open.
    private Uni<Void> pages(Request request, Store store, Sequence from) {
        var read = new Read(
                store.id(),
                Optional.of(store.generation()),
                Optional.empty(),
                from.value(),
                Direction.FORWARD,
                config.liveStore().chunkEvents(),
                config.live().pageBytes());
        return log.read(request.caller(), read).flatMap(result -> switch (result) {
            case ReadResult.Page page -> page(request, store, from, page.events());
            case ReadResult.GenerationChanged(var now) ->
                write(
                        request.response(),
                        Answers.exit(
                                request.id(),
                                new Outcome.OtherBackend(
                                        Backend.of(now).id(), Backend.of(store).id())));
            case ReadResult.UnknownStore _ ->
                write(request.response(), Answers.exit(request.id(), new Outcome.Failed("the store is gone")));
        });
    }

    private Uni<Void> page(Request request, Store store, Sequence from, List<Event> events) {
        var last = events.isEmpty() ? from : events.getLast().sequence();
        long remaining = Math.max(0, store.head().value() - last.value());
        var encoded = events.stream().map(StoredEvent::encode).toList();
        var backend = Backend.of(store).id();
        if (remaining == 0 || events.isEmpty()) {
            return write(
                    request.response(),
                    chunk(request.id(), encoded, new PageInfo.NoMore(), backend),
                    Answers.exit(request.id(), new Outcome.Pulled()));
        }
        return write(request.response(), chunk(request.id(), encoded, new PageInfo.MoreKnown(remaining), backend))
                .flatMap(_ -> pages(request, store, last));
    }

    private static String chunk(String requestId, List<byte[]> events, PageInfo info, String backend) {
        return Answers.chunk(requestId, events, info, backend).toString();
    }

    /// Goes on when the client has room for more. The messages are parts of one JSON array.
    private static Uni<Void> write(HttpServerResponse response, String... messages) {
        var out = Buffer.buffer();
        for (String message : messages) {
            out.appendString(response.bytesWritten() == 0 && out.length() == 0 ? "[" : ",")
                    .appendString(message);
        }
        return Uni.createFrom().completionStage(() -> response.write(out).toCompletionStage());
    }
}
