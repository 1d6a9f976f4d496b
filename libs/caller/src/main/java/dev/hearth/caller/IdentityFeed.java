package dev.hearth.caller;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Hears what changes in identity, in every process: asked for every second, and sooner when somebody says that there
/// is something. What was asked counts for four seconds; then nothing that was remembered does any more. Together that
/// is how a revocation takes effect within five, whatever is broken: see
/// `docs/adr/0017-a-revocation-is-asked-for-not-only-told.md`.
@Startup
@ApplicationScoped
public class IdentityFeed {
    static final Duration POLL = Duration.ofSeconds(1);
    static final Duration COUNTS_FOR = Duration.ofSeconds(4);
    static final Duration GRACE = Duration.ofMillis(500);

    interface Listener {
        /// Whatever hangs on these subjects is to be asked about again; where changes are lost, everything.
        void changed(Changes changes);

        /// The feed has been silent for so long that nothing can be believed.
        default void silent() {}
    }

    /// What takes longer has got lost.
    private static final Duration LONGEST_ASK = Duration.ofSeconds(10);

    private record Waiter(long since, Runnable done) {}

    private static final long NOT_ASKING = Long.MIN_VALUE;

    private final Sessions sessions;
    private final Timers timers;
    private final LongSupplier nanos;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicLong askingSince = new AtomicLong(NOT_ASKING);
    private volatile boolean askAgain;
    private volatile Optional<String> cursor = Optional.empty();
    private volatile long asOf;
    private volatile long changes;
    private volatile boolean silent = true;

    /// Where the feed's own work is done, and when.
    interface Timers {
        void each(Duration period, Runnable task);

        void after(Duration wait, Runnable task);

        void now(Runnable task);
    }

    @Inject
    IdentityFeed(Sessions sessions, Vertx vertx) {
        this(sessions, new VertxTimers(vertx), System::nanoTime);
    }

    IdentityFeed(Sessions sessions, Timers timers, LongSupplier nanos) {
        this.sessions = sessions;
        this.timers = timers;
        this.nanos = nanos;
    }

    @PostConstruct
    void start() {
        timers.each(POLL, this::tick);
        look();
    }

    void listen(Listener listener) {
        listeners.add(listener);
    }

    /// Whether what the feed did not speak of has not changed.
    boolean isFresh() {
        return cursor.isPresent() && nanos.getAsLong() - asOf < COUNTS_FOR.toNanos();
    }

    /// Grows with every change. An answer that the port gave while it grew may be from before.
    long changes() {
        return changes;
    }

    /// Asks now: somebody says that something has changed.
    public void look() {
        long began = nanos.getAsLong();
        if (!askingSince.compareAndSet(NOT_ASKING, began)) {
            askAgain = true;
            return;
        }
        askAgain = false;
        timers.now(() -> Uni.createFrom()
                .deferred(() -> sessions.changes(cursor))
                .subscribe()
                .with(answer -> heard(answer, began), this::failed));
    }

    /// Done when this process has heard of all that had changed before this was called, or cannot hear it now. Whoever
    /// changes something waits for it before they answer, so that their caller's next request finds it.
    public Uni<Void> caughtUp() {
        return Uni.createFrom().emitter(emitter -> {
            waiters.add(new Waiter(nanos.getAsLong(), () -> emitter.complete(null)));
            look();
        });
    }

    private void release(Predicate<Waiter> which) {
        for (var waiter : waiters) {
            if (which.test(waiter) && waiters.remove(waiter)) {
                waiter.done().run();
            }
        }
    }

    private void tick() {
        long since = askingSince.get();
        if (since != NOT_ASKING && nanos.getAsLong() - since > LONGEST_ASK.toNanos()) {
            askingSince.compareAndSet(since, NOT_ASKING);
        }
        look();
        if (!isFresh()) {
            // A process that stood still for seconds has only just asked: it may be answered yet.
            timers.after(GRACE, this::fallSilent);
        }
    }

    private void heard(Changes answer, long began) {
        try {
            boolean first = cursor.isEmpty();
            if (first || answer.lost() || !answer.subjects().isEmpty()) {
                // Counted before anything is forgotten: see Remembered.
                changes++;
                var told = first ? new Changes(answer.cursor(), answer.subjects(), true) : answer;
                listeners.forEach(listener -> listener.changed(told));
            }
            cursor = Optional.of(answer.cursor());
            asOf = began;
            if (silent) {
                silent = false;
                Log.info("identity feed heard");
            }
            release(waiter -> waiter.since() - began <= 0);
        } finally {
            asked();
        }
    }

    private void failed(Throwable failure) {
        Log.debugf(failure, "identity feed not heard");
        release(_ -> true);
        asked();
    }

    private void asked() {
        askingSince.set(NOT_ASKING);
        if (askAgain) {
            look();
        }
    }

    private void fallSilent() {
        if (isFresh()) {
            return;
        }
        if (!silent) {
            silent = true;
            Log.warn("identity feed silent: callers are asked about with every request");
        }
        listeners.forEach(Listener::silent);
    }

    private record VertxTimers(Vertx vertx) implements Timers {
        @Override
        public void each(Duration period, Runnable task) {
            vertx.setPeriodic(period.toMillis(), _ -> task.run());
        }

        @Override
        public void after(Duration wait, Runnable task) {
            vertx.setTimer(wait.toMillis(), _ -> task.run());
        }

        @Override
        public void now(Runnable task) {
            // Of its own, as a request has: what stands behind the port may keep its connection there.
            VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()).runOnContext(_ -> task.run());
        }
    }
}
