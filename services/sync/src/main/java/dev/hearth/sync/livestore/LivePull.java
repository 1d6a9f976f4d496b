package dev.hearth.sync.livestore;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.Store;
import dev.hearth.sync.live.EventForm;
import dev.hearth.sync.live.Follow;
import dev.hearth.sync.live.LiveItem;
import dev.hearth.sync.live.NotFollowed;
import dev.hearth.sync.livestore.Answers.Outcome;
import dev.hearth.sync.livestore.Answers.PageInfo;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// One open pull. The next page is asked for when the client's socket has taken the last one, so a slow client holds
/// one page here and is cut off when it stands still. See `Pace` for when small chunks wait.
///
/// An `Exit` that fails ends the client's pulling until its app restarts. So it is sent only for what lasts; what
/// passes ends the connection, and the client comes back with its cursor. See
/// `docs/adr/0008-passing-trouble-closes-the-socket.md`.
final class LivePull {
    /// How a pull ended, unless the client or its connection ended it.
    sealed interface End {
        record Exit(Outcome outcome) implements End {}

        record Disconnect(String reason) implements End {}

        record Denied(String reason) implements End {}
    }

    interface Ending {
        void ended(End end);
    }

    /// One form for all: an event is encoded once, however many clients get it.
    private static final EventForm FORM = StoredEvent::encode;

    private final String id;
    private Caller caller;
    private final Wire.Pull wish;
    private final ServerWebSocket socket;
    private final Context context;
    private final WebSocketRpc.Parts parts;
    private final Ending ending;
    private final Pace pace;
    private boolean over;
    private Flow.@Nullable Subscription subscription;
    private @Nullable StoreId followed;

    LivePull(
            String id,
            Caller caller,
            Wire.Pull wish,
            ServerWebSocket socket,
            Context context,
            WebSocketRpc.Parts parts,
            Ending ending) {
        this.id = id;
        this.caller = caller;
        this.wish = wish;
        this.socket = socket;
        this.context = context;
        this.parts = parts;
        this.ending = ending;
        this.pace = new Pace(context.owner(), parts.config().liveStore().ackWithin(), this::next);
    }

    /// The client has taken a chunk.
    void acknowledged() {
        pace.acknowledged();
    }

    private void next() {
        var open = subscription;
        if (!over && open != null) {
            open.request(1);
        }
    }

    void start() {
        Uni.createFrom()
                .deferred(() -> parts.stores().open(caller, wish.storeId()))
                .flatMap(store -> parts.cursors()
                        .sequence(caller, store, HttpPull.after(wish))
                        .map(from -> new Follow(
                                caller,
                                store.id(),
                                Optional.of(store.generation()),
                                from,
                                parts.config().liveStore().chunkEvents()))
                        .map(follow -> new Start(store, follow)))
                .emitOn(task -> context.runOnContext(_ -> task.run()))
                .subscribe()
                .with(this::follow, this::fail);
    }

    private record Start(Store store, Follow follow) {}

    private void follow(Start start) {
        if (over) {
            return;
        }
        if (!start.follow().caller().equals(caller)) {
            // Found for who the caller was.
            start();
            return;
        }
        followed = start.store().id();
        var backend = Backend.of(start.store());
        var named = wish.after().map(Wire.Cursor::backendId).orElse(backend.id());
        if (named.equals(backend.id())) {
            parts.live().follow(start.follow()).subscribe().withSubscriber(new Pages(backend));
        } else {
            end(new End.Exit(new Outcome.OtherBackend(backend.id(), named)));
        }
    }

    /// The caller reaches other stores than before.
    void goOnAs(Caller now) {
        caller = now;
        var store = followed;
        if (store != null) {
            parts.stores()
                    .reaches(now, store)
                    .emitOn(task -> context.runOnContext(_ -> task.run()))
                    .subscribe()
                    .with(
                            reached -> {
                                if (!reached) {
                                    end(new End.Denied("the store is not the caller's any more"));
                                }
                            },
                            this::fail);
        }
    }

    void cancel() {
        over = true;
        pace.stop();
        var open = subscription;
        if (open != null) {
            open.cancel();
        }
    }

    private void end(End end) {
        if (!over) {
            cancel();
            ending.ended(end);
        }
    }

    private void fail(Throwable failure) {
        end(
                switch (failure) {
                    case Refused refused -> new End.Exit(new Outcome.Failed(refused.getMessage()));
                    case EventLogUnavailable _ -> new End.Disconnect("the log cannot answer now");
                    case NotFollowed notFollowed -> new End.Disconnect(reason(notFollowed.reason()));
                    default -> {
                        Log.error("livestore: pull failed unexpectedly", failure);
                        yield new End.Disconnect("something went wrong on the server");
                    }
                });
    }

    private static String reason(NotFollowed.Reason reason) {
        return switch (reason) {
            case NotFollowed.Reason.UnknownStore _ -> "the store is gone";
            case NotFollowed.Reason.TooSlow _ -> "the client has taken nothing for too long";
            case NotFollowed.Reason.Stopping _ -> "the server is being stopped";
            case NotFollowed.Reason.TooMany _ -> "too many pulls are open";
            // The head went back between two reads: the store was reset just now.
            case NotFollowed.Reason.BeyondHead _ -> "the store's history was replaced just now";
        };
    }

    /// Pages on their way to the socket, on the connection's event loop.
    private final class Pages implements Flow.Subscriber<LiveItem> {
        private final Backend followed;
        private boolean first = wish.after().isEmpty();

        Pages(Backend followed) {
            this.followed = followed;
        }

        @Override
        public void onSubscribe(Flow.Subscription opened) {
            subscription = opened;
            opened.request(1);
        }

        @Override
        public void onNext(LiveItem item) {
            if (over) {
                return;
            }
            switch (item) {
                case LiveItem.Events page -> {
                    pace.sent();
                    write(page).onComplete(_ -> context.runOnContext(_ -> pace.written(page.more())));
                }
                case LiveItem.Replaced(Generation generation) ->
                    end(new End.Exit(
                            new Outcome.OtherBackend(new Backend(followed.store(), generation).id(), followed.id())));
            }
        }

        private Future<Void> write(LiveItem.Events page) {
            var events = page.events().stream().map(event -> event.in(FORM)).toList();
            var chunk = Answers.chunk(id, events, info(page), followed.id());
            return socket.writeTextMessage(chunk.toString(StandardCharsets.UTF_8));
        }

        /// From a page with more to come to the last one, the client writes nothing to its own disk, even if the
        /// connection breaks between them. So more is announced only to a client that has nothing yet, as its
        /// app may wish to wait for all of it.
        private PageInfo info(LiveItem.Events page) {
            first = first && page.more();
            return first
                    ? new PageInfo.MoreKnown(page.head().value()
                            - page.events().getLast().event().sequence().value())
                    : new PageInfo.NoMore();
        }

        @Override
        public void onError(Throwable failure) {
            context.runOnContext(_ -> fail(failure));
        }

        @Override
        public void onComplete() {
            // A replaced history was told with the last item.
        }
    }
}
