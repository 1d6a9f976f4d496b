package dev.hearth.standalone.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for what follows an append.
final class Waiting {
    private Waiting() {}

    /// @param what what is waited for, as a message names it when it does not come
    /// @param look how often it is looked for, which costs what is measured something
    static void until(String what, Duration look, Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new BenchFailed(what + " was not there within " + atMost.toMinutes() + " minutes");
            }
            try {
                TimeUnit.NANOSECONDS.sleep(look.toNanos());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchFailed("interrupted");
            }
        }
    }
}
