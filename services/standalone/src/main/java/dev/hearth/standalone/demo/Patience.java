package dev.hearth.standalone.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waiting, never for ever.
final class Patience {
    private static final long LOOK_EVERY_MS = 50;

    private Patience() {}

    /// Looks again and again, until it is so.
    static void until(String what, Duration limit, BooleanSupplier so) {
        long end = System.nanoTime() + limit.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new DemoFailed("not within " + limit.toSeconds() + " s: " + what);
            }
            pause(LOOK_EVERY_MS);
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
    }

    /// Does all at once; returns when all are done. The first failure counts.
    static void together(List<Runnable> tasks) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(threads.submit(task)));
            running.forEach(Patience::join);
        }
    }

    static void together(Runnable... tasks) {
        together(List.of(tasks));
    }

    private static void join(Future<?> task) {
        asFailure(task::get);
    }

    static <T> T asFailure(Callable<T> wait) {
        try {
            return wait.call();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof DemoFailed failed
                    ? failed
                    : new DemoFailed(String.valueOf(failure.getCause()), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        } catch (Exception other) {
            throw new DemoFailed(other.toString(), other);
        }
    }
}
