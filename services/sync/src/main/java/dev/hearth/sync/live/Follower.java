package dev.hearth.sync.live;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.sync.SyncConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One client's place in a store. It holds one page at most, asks the tail for the next only when the client asks it,
/// and everything it does runs in turn on the client's own executor.
final class Follower implements Flow.Subscription {
    private static final long NOT_STALLED = Long.MIN_VALUE;

    private final Follow wish;
    private final Tail tail;
    private final CatchUpReads reads;
    private final SyncConfig.Live limits;
    private final Later later;
    private final Executor executor;
    private final Flow.Subscriber<? super LiveItem> client;
    private final Runnable left;

    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private volatile long cursor;
    private volatile long stalledSince = NOT_STALLED;
    private volatile boolean ended;
    private volatile boolean reading = true;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Generation generation;
    private volatile LiveItem.@Nullable Replaced replaced;
    private volatile LiveItem.@Nullable Events page;
    private int failures;

    Follower(
            Follow wish,
            Tail tail,
            CatchUpReads reads,
            SyncConfig.Live limits,
            Later later,
            Executor executor,
            Flow.Subscriber<? super LiveItem> client,
            Runnable left) {
        this.wish = wish;
        this.tail = tail;
        this.reads = reads;
        this.limits = limits;
        this.later = later;
        this.executor = executor;
        this.client = client;
        this.left = left;
        this.cursor = wish.after().value();
    }

    Caller caller() {
        return wish.caller();
    }

    long cursor() {
        return cursor;
    }

    /// The first read: it lets the follower in, or says why not. Registered before, so that no wake-up is missed.
    void begin() {
        read(wish.generation());
    }

    @Override
    public void request(long items) {
        if (items <= 0) {
            fail(new IllegalArgumentException("a follower asks for at least one item"));
            return;
        }
        demand.accumulateAndGet(items, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
        wake();
    }

    @Override
    public void cancel() {
        leave();
    }

    void fail(Throwable reason) {
        failure = reason;
        wake();
    }

    /// Cut off if there is something for this client and it has taken nothing since long before. Called now and then.
    void checkStalled(long now) {
        var followed = generation;
        boolean stalled = demand.get() == 0 && (page != null || (followed != null && tail.endsAfter(followed, cursor)));
        if (!stalled) {
            stalledSince = NOT_STALLED;
        } else if (stalledSince == NOT_STALLED) {
            stalledSince = now;
        } else if (now - stalledSince > limits.stalledAfter().toNanos()) {
            fail(new NotFollowed(new NotFollowed.Reason.TooSlow()));
        }
    }

    void wake() {
        if (turns.getAndIncrement() == 0) {
            executor.execute(this::run);
        }
    }

    private void run() {
        int taken = turns.get();
        do {
            while (!ended && step()) {
                // Goes on while there is something to give and somebody to take it.
            }
            taken = turns.addAndGet(-taken);
        } while (taken != 0);
    }

    private boolean step() {
        var failed = failure;
        if (failed != null) {
            leave();
            client.onError(failed);
            return false;
        }
        if (reading || demand.get() == 0) {
            return false;
        }
        var over = replaced;
        if (over != null) {
            leave();
            client.onNext(over);
            client.onComplete();
            return false;
        }
        var ready = page;
        if (ready != null) {
            page = null;
            take(ready);
            readOn(ready);
            client.onNext(ready);
            return true;
        }
        return ask();
    }

    private boolean ask() {
        var followed = generation;
        if (followed == null) {
            return false;
        }
        return switch (tail.next(this, followed, cursor, wish.limit())) {
            case Tail.Next.Ready(var events, var head) -> {
                var ready = new LiveItem.Events(followed, events, new Sequence(head));
                take(ready);
                client.onNext(ready);
                yield true;
            }
            case Tail.Next.Parked() -> false;
            case Tail.Next.Behind() -> {
                reading = true;
                read(Optional.of(followed));
                yield true;
            }
            case Tail.Next.Replaced(var current) -> {
                replaced = new LiveItem.Replaced(current);
                yield true;
            }
        };
    }

    /// While the client takes a page of what is stored, the next one is read.
    private void readOn(LiveItem.Events taken) {
        if (taken.more()) {
            reading = true;
            read(Optional.of(taken.generation()));
        }
    }

    private void take(LiveItem.Events events) {
        if (!events.events().isEmpty()) {
            cursor = events.events().getLast().event().sequence().value();
        }
        if (demand.get() != Long.MAX_VALUE) {
            demand.decrementAndGet();
        }
        stalledSince = NOT_STALLED;
    }

    private void read(Optional<Generation> expected) {
        var read = new Read(
                wish.store(), expected, Optional.empty(), cursor, Direction.FORWARD, wish.limit(), limits.pageBytes());
        reads.read(caller(), read).subscribe().with(this::arrived, this::readFailed);
    }

    private void arrived(ReadResult result) {
        failures = 0;
        switch (result) {
            case ReadResult.UnknownStore _ -> failure = new NotFollowed(new NotFollowed.Reason.UnknownStore());
            case ReadResult.GenerationChanged(var store) -> replaced = new LiveItem.Replaced(store.generation());
            case ReadResult.Page read
            when cursor > read.store().head().value() ->
                failure = new NotFollowed(
                        new NotFollowed.Reason.BeyondHead(read.store().head()));
            case ReadResult.Page read -> keep(read);
        }
        reading = false;
        wake();
    }

    private void keep(ReadResult.Page read) {
        boolean first = generation == null;
        generation = read.store().generation();
        tail.learn(read, cursor);
        if (first || !read.events().isEmpty()) {
            List<LiveEvent> events = read.events().stream().map(LiveEvent::new).toList();
            page = new LiveItem.Events(
                    read.store().generation(), events, read.store().head());
        }
    }

    private void readFailed(Throwable reason) {
        var followed = generation;
        if (followed == null) {
            fail(reason);
            return;
        }
        long longest = limits.pollInterval().toMillis() * 10;
        long wait = Math.min(limits.retryAfter().toMillis() << Math.min(failures++, 16), longest);
        later.after(Duration.ofMillis(wait), () -> {
            if (!ended) {
                read(Optional.of(followed));
            }
        });
    }

    private synchronized void leave() {
        if (!ended) {
            ended = true;
            tail.leave(this);
            left.run();
        }
    }
}
