package dev.hearth.caller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongSupplier;

/// Time that goes on when a test says so.
final class HandTime implements IdentityFeed.Timers, LongSupplier, InstantSource {
    static final Instant START = Instant.parse("2031-02-03T04:05:06Z");

    private record Due(long at, Runnable task) {}

    private final Queue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private long now;

    /// Runs what comes due on the way.
    void pass(Duration time) {
        long until = now + time.toNanos();
        for (var next = due.peek(); next != null && next.at() <= until; next = due.peek()) {
            due.remove();
            now = next.at();
            next.task().run();
        }
        now = until;
    }

    @Override
    public void each(Duration period, Runnable task) {
        after(period, () -> {
            each(period, task);
            task.run();
        });
    }

    @Override
    public void after(Duration wait, Runnable task) {
        due.add(new Due(now + wait.toNanos(), task));
    }

    @Override
    public void now(Runnable task) {
        task.run();
    }

    @Override
    public long getAsLong() {
        return now;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }
}
