package dev.hearth.sync.live;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.sync.SyncConfig;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the followers of one store meet: it reads the log once for all that wait at its end. What is fast and shared
/// happens under its monitor; the log and the followers are called outside it.
final class Tail {
    private final StoreId store;
    private final EventLog log;
    private final SyncConfig.Live limits;
    private final Later later;

    private final Ring ring;
    private final Set<Follower> followers = new HashSet<>();
    private final Set<Follower> parked = new HashSet<>();
    private @Nullable Generation generation;
    // Told before the first page came.
    private @Nullable Head early;
    // Where the log was seen to end, and where somebody says it ends.
    private long head;
    private long told;
    private boolean reading;
    private int failures;
    private long idleSince = System.nanoTime();

    Tail(StoreId store, EventLog log, SyncConfig.Live limits, Later later) {
        this.store = store;
        this.log = log;
        this.limits = limits;
        this.later = later;
        this.ring = new Ring(limits.tailEvents(), limits.tailBytes());
    }

    synchronized void join(Follower follower) {
        followers.add(follower);
    }

    synchronized void leave(Follower follower) {
        parked.remove(follower);
        if (followers.remove(follower) && followers.isEmpty()) {
            idleSince = System.nanoTime();
        }
    }

    synchronized boolean isFollowed() {
        return !followers.isEmpty();
    }

    synchronized boolean isIdle(long now) {
        return followers.isEmpty() && now - idleSince > limits.keepIdleTail().toNanos();
    }

    synchronized List<Follower> followers() {
        return List.copyOf(followers);
    }

    /// Whether there is something for who followed that generation up to `cursor`.
    synchronized boolean endsAfter(Generation followed, long cursor) {
        return !followed.equals(generation) || Math.max(told, ring.end()) > cursor;
    }

    /// What a follower gets next.
    sealed interface Next {
        record Ready(List<LiveEvent> events, long head) implements Next {}

        /// The follower is woken when there is something.
        record Parked() implements Next {}

        /// The tail has forgotten these events; the log has them.
        record Behind() implements Next {}

        record Replaced(Generation generation) implements Next {}
    }

    Next next(Follower follower, Generation followed, long cursor, int limit) {
        synchronized (this) {
            if (generation != null && !followed.equals(generation)) {
                return new Next.Replaced(generation);
            }
            if (cursor < ring.start()) {
                return new Next.Behind();
            }
            if (cursor < ring.end()) {
                return new Next.Ready(ring.after(cursor, limit, limits.pageBytes()), Math.max(head, ring.end()));
            }
            if (followers.contains(follower)) {
                parked.add(follower);
            }
            told = Math.max(told, cursor);
        }
        readOn();
        return new Next.Parked();
    }

    /// A page that a follower read by itself, after `cursor`: the tail need not read it again.
    void learn(ReadResult.Page page, long cursor) {
        var woken = new ArrayList<Follower>();
        synchronized (this) {
            var read = page.store().generation();
            if (generation == null || read.compareTo(generation) > 0) {
                begin(read, cursor, woken);
            } else if (read.equals(generation) && cursor > ring.end() && parked.isEmpty() && !reading) {
                ring.restart(cursor);
            }
            if (read.equals(generation)) {
                take(page, woken);
            }
            if (early != null) {
                note(early, woken);
                early = null;
            }
        }
        woken.forEach(Follower::wake);
        readOn();
    }

    /// Somebody says that the store ends there, or further.
    void moved(Head at) {
        var woken = new ArrayList<Follower>();
        synchronized (this) {
            if (generation == null) {
                early = early == null || isBeyond(at, early) ? at : early;
            } else {
                note(at, woken);
            }
        }
        woken.forEach(Follower::wake);
        readOn();
    }

    private static boolean isBeyond(Head one, Head other) {
        int epochs = one.generation().compareTo(other.generation());
        return epochs > 0 || (epochs == 0 && one.head().compareTo(other.head()) > 0);
    }

    private void note(Head at, List<Follower> woken) {
        int epochs = at.generation().compareTo(generation == null ? Generation.FIRST : generation);
        if (epochs > 0) {
            begin(at.generation(), 0, woken);
        }
        if (epochs >= 0) {
            told = Math.max(told, at.head().value());
        }
    }

    private void begin(Generation next, long cursor, List<Follower> woken) {
        generation = next;
        head = 0;
        told = 0;
        ring.restart(cursor);
        woken.addAll(parked);
        parked.clear();
    }

    private void take(ReadResult.Page page, List<Follower> woken) {
        ring.add(page.events());
        head = Math.max(head, page.store().head().value());
        told = Math.max(told, head);
        parked.removeIf(follower -> follower.cursor() < ring.end() && woken.add(follower));
    }

    /// Reads on for those who wait, if there may be something to read and nobody reads already.
    private void readOn() {
        Follower reader;
        Generation current;
        long after;
        long asked;
        synchronized (this) {
            if (reading || generation == null || parked.isEmpty() || told <= ring.end()) {
                return;
            }
            reading = true;
            reader = parked.iterator().next();
            current = generation;
            after = ring.end();
            asked = told;
        }
        var read = new Read(
                store,
                Optional.of(current),
                Optional.empty(),
                after,
                Direction.FORWARD,
                limits.tailEvents(),
                limits.tailBytes());
        Uni.createFrom()
                .deferred(() -> log.read(reader.caller(), read))
                .subscribe()
                .with(result -> arrived(reader, result, asked), _ -> failed());
    }

    private void arrived(Follower reader, ReadResult result, long asked) {
        var woken = new ArrayList<Follower>();
        synchronized (this) {
            reading = false;
            failures = 0;
            switch (result) {
                case ReadResult.Page page
                when page.store().generation().equals(generation) -> {
                    take(page, woken);
                    // Whoever said that it ends further was wrong; what was said meanwhile still counts.
                    told = page.events().isEmpty() && told == asked ? ring.end() : told;
                }
                case ReadResult.Page _ -> {}
                case ReadResult.GenerationChanged(var current) ->
                    note(new Head(store, current.generation(), current.head()), woken);
                case ReadResult.UnknownStore _ -> parked.remove(reader);
            }
        }
        if (result instanceof ReadResult.UnknownStore) {
            reader.fail(new NotFollowed(new NotFollowed.Reason.UnknownStore()));
        }
        woken.forEach(Follower::wake);
        readOn();
    }

    private void failed() {
        long wait;
        synchronized (this) {
            long longest = limits.pollInterval().toMillis() * 10;
            wait = Math.min(limits.retryAfter().toMillis() << Math.min(failures++, 16), longest);
        }
        later.after(Duration.ofMillis(wait), () -> {
            synchronized (this) {
                reading = false;
            }
            readOn();
        });
    }
}
