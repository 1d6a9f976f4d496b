package dev.hearth.sync.live;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Head;
import dev.hearth.sync.SyncConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Live delivery of stores to all who follow them in this process.
@Startup
@ApplicationScoped
public class Live {
    private static final NotFollowed STOPPING = new NotFollowed(new NotFollowed.Reason.Stopping());

    private final EventLog log;
    private final SyncConfig.Live limits;
    private final Vertx vertx;
    private final CatchUpReads reads;
    private final Later later;
    private final Map<StoreId, Tail> tails = new ConcurrentHashMap<>();
    private final Map<Principal, Integer> ofUser = new ConcurrentHashMap<>();
    private final AtomicInteger followers = new AtomicInteger();
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile boolean stopping;
    private long timer;

    @Inject
    public Live(EventLog log, SyncConfig config, Vertx vertx) {
        this(log, config.live(), vertx);
    }

    public Live(EventLog log, SyncConfig.Live limits, Vertx vertx) {
        this.log = log;
        this.limits = limits;
        this.vertx = vertx;
        this.reads = new CatchUpReads(log, limits.maxCatchUpReads());
        this.later = (wait, task) -> vertx.setTimer(Math.max(1, wait.toMillis()), _ -> task.run());
    }

    @PostConstruct
    public void start() {
        timer = vertx.setPeriodic(limits.pollInterval().toMillis(), _ -> look());
    }

    @PreDestroy
    public void stop() {
        vertx.cancelTimer(timer);
    }

    /// Followers would hold up the end of the process for as long as it waits for what it still has to answer.
    void letGo(@Observes ShutdownDelayInitiatedEvent event) {
        letGo();
    }

    /// Ends all who follow, and takes in nobody any more.
    void letGo() {
        stopping = true;
        tails.values().forEach(tail -> tail.followers().forEach(follower -> follower.fail(STOPPING)));
    }

    /// Follows a store: each item is given when it is asked for, on the Vert.x context that subscribed.
    /// Fails with `NotFollowed`, or as the log does when the first read cannot be answered; later troubles
    /// of the log are waited out.
    public Multi<LiveItem> follow(Follow wish) {
        return Multi.createFrom().publisher(client -> follow(wish, client));
    }

    private void follow(Follow wish, Flow.Subscriber<? super LiveItem> client) {
        var refused = admit(wish.caller().user());
        if (refused.isPresent()) {
            Multi.createFrom().<LiveItem>failure(new NotFollowed(refused.get())).subscribe(client);
            return;
        }
        var entered = new Follower[1];
        tails.compute(wish.store(), (id, found) -> {
            var tail = found == null ? new Tail(id, log, limits, later) : found;
            entered[0] = new Follower(
                    wish,
                    tail,
                    reads,
                    limits,
                    later,
                    executor(),
                    client,
                    () -> left(wish.caller().user()));
            tail.join(entered[0]);
            return tail;
        });
        client.onSubscribe(entered[0]);
        entered[0].begin();
        if (stopping) {
            entered[0].fail(STOPPING);
        }
    }

    private Optional<NotFollowed.Reason> admit(Principal user) {
        if (followers.incrementAndGet() > limits.maxFollowers()) {
            followers.decrementAndGet();
            return Optional.of(new NotFollowed.Reason.TooMany(false, limits.maxFollowers()));
        }
        if (ofUser.merge(user, 1, Integer::sum) > limits.maxFollowersPerUser()) {
            left(user);
            return Optional.of(new NotFollowed.Reason.TooMany(true, limits.maxFollowersPerUser()));
        }
        return Optional.empty();
    }

    private void left(Principal user) {
        followers.decrementAndGet();
        ofUser.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }

    private static Executor executor() {
        var context = Vertx.currentContext();
        return context == null
                ? Runnable::run
                : task -> {
                    if (Vertx.currentContext() == context) {
                        task.run();
                    } else {
                        context.runOnContext(_ -> task.run());
                    }
                };
    }

    /// Somebody says that the store ends there.
    public void moved(Head head) {
        var tail = tails.get(head.store());
        if (tail != null) {
            tail.moved(head);
        }
    }

    /// This process itself appended. The writer's answer goes first: thousands may be waiting to be told.
    public void moved(StoreId store, Generation generation, Sequence head) {
        if (tails.containsKey(store)) {
            vertx.getOrCreateContext().runOnContext(_ -> moved(new Head(store, generation, head)));
        }
    }

    /// How many follow a store in this process now.
    public int followers() {
        return followers.get();
    }

    /// How many stores have a tail in this process now.
    public int tails() {
        return tails.size();
    }

    /// The safety net: should a wake-up have been missed, this finds what is new; and it cuts off who takes nothing.
    public void look() {
        long now = System.nanoTime();
        tails.forEach((id, tail) -> {
            tail.followers().forEach(follower -> follower.checkStalled(now));
            if (tail.isIdle(now)) {
                tails.computeIfPresent(id, (_, found) -> found.isIdle(now) ? null : found);
            }
        });
        var followed = tails.entrySet().stream()
                .filter(entry -> entry.getValue().isFollowed())
                .map(Map.Entry::getKey)
                .toList();
        if (followed.isEmpty() || !polling.compareAndSet(false, true)) {
            return;
        }
        log.heads(followed)
                .onTermination()
                .invoke(() -> polling.set(false))
                .subscribe()
                // Quiet when the log is away: those who write notice, and the next look is soon.
                .with(heads -> heads.forEach(this::moved), _ -> {});
    }
}
