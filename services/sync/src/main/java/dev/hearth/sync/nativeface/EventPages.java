package dev.hearth.sync.nativeface;

import dev.hearth.caller.Callers;
import dev.hearth.caller.OpenStreams;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.problems.ProblemException;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.live.Follow;
import dev.hearth.sync.live.Live;
import dev.hearth.sync.live.LiveItem;
import dev.hearth.sync.live.NotFollowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Reads pages of events; holds an empty one back until there is something or time is up, without pinning a thread.
@ApplicationScoped
public class EventPages {

    /// Where a page begins, and which way it goes.
    record Place(long cursor, Direction direction) {
        private static final String END = "end";

        static Place of(@Nullable String after, @Nullable String before) {
            if (after != null && before != null) {
                throw new ProblemException(ProblemType.INVALID_CURSOR, "Send \"after\" or \"before\", not both.");
            }
            if (before != null) {
                return new Place(
                        END.equals(before) ? Long.MAX_VALUE : Parameters.cursor("before", before), Direction.BACKWARD);
            }
            return new Place(after == null ? 0 : Parameters.cursor("after", after), Direction.FORWARD);
        }
    }

    record Wish(
            StoreId store,
            Place place,
            int limit,
            Duration patience,
            Optional<StreamId> stream,
            Optional<Generation> generation) {
        Wish {
            if (!patience.isZero() && place.direction() == Direction.BACKWARD) {
                throw Texts.refused("\"wait\" goes with \"after\" only.");
            }
        }
    }

    private final EventLog log;
    private final Live live;
    private final OpenStreams streams;
    private final SyncConfig.NativeFace config;

    EventPages(EventLog log, Live live, OpenStreams streams, SyncConfig config) {
        this.log = log;
        this.live = live;
        this.streams = streams;
        this.config = config.nativeFace();
    }

    Uni<byte[]> read(SecurityIdentity reader, Wish wish) {
        long deadline = System.nanoTime() + wish.patience().toNanos();
        return read(reader, wish, deadline);
    }

    private Uni<byte[]> read(SecurityIdentity reader, Wish wish, long deadline) {
        return log.read(Callers.of(reader), request(wish)).flatMap(result -> switch (result) {
            case ReadResult.UnknownStore() -> throw Refusals.unknownStore();
            case ReadResult.GenerationChanged(var store) -> throw Refusals.replaced(store.generation());
            case ReadResult.Page page -> {
                checkCursor(wish, page.store().head());
                long left = deadline - System.nanoTime();
                yield page.events().isEmpty() && left > 0
                        ? hold(reader, wish, page, Duration.ofNanos(left), deadline)
                        : Uni.createFrom().item(encode(wish, page));
            }
        });
    }

    private Read request(Wish wish) {
        return new Read(
                wish.store(),
                wish.generation(),
                wish.stream(),
                wish.place().cursor(),
                wish.place().direction(),
                wish.limit(),
                config.maxBytesPerPage());
    }

    private static void checkCursor(Wish wish, Sequence head) {
        // A stream's revision is never above the store's sequence.
        if (wish.place().direction() == Direction.FORWARD && wish.place().cursor() > head.value()) {
            throw Refusals.beyondHead(head);
        }
    }

    /// Waits until the store goes on, then looks again: what came may be of another stream.
    private Uni<byte[]> hold(SecurityIdentity reader, Wish wish, ReadResult.Page empty, Duration left, long deadline) {
        var store = empty.store();
        var follow = new Follow(
                Callers.of(reader), wish.store(), Optional.of(store.generation()), store.head(), wish.limit());
        return streams.whileOpen(reader, now -> Refusals.reached(log, now, wish.store()), next(follow))
                .ifNoItem()
                .after(left)
                .fail()
                .onFailure(failure -> !isOver(failure))
                .transform(Refusals::notFollowed)
                .flatMap(item -> switch (item) {
                    case LiveItem.Replaced(var current) -> throw Refusals.replaced(current);
                    case LiveItem.Events _ -> read(reader, pinned(wish, store.generation()), deadline);
                })
                .onFailure(EventPages::isOver)
                .recoverWithItem(() -> encode(wish, empty));
    }

    private Uni<LiveItem> next(Follow follow) {
        return live.follow(follow)
                .filter(item -> item instanceof LiveItem.Replaced
                        || item instanceof LiveItem.Events events
                                && !events.events().isEmpty())
                .toUni();
    }

    private static boolean isOver(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof NotFollowed ended && ended.reason() instanceof NotFollowed.Reason.Stopping;
    }

    private static Wish pinned(Wish wish, Generation generation) {
        return new Wish(
                wish.store(), wish.place(), wish.limit(), wish.patience(), wish.stream(), Optional.of(generation));
    }

    private static byte[] encode(Wish wish, ReadResult.Page page) {
        ToLongFunction<Event> place = wish.stream().isPresent()
                ? event -> event.revision().value()
                : event -> event.sequence().value();
        long next = page.events().isEmpty()
                ? wish.place().cursor()
                : place.applyAsLong(page.events().getLast());
        return PageJson.encode(
                page.store().id(),
                page.store().generation(),
                page.store().head(),
                page.events().stream().map(EventJson.FORM::encode).toList(),
                page.more(),
                next);
    }
}
