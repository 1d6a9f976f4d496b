package dev.hearth.standalone.demo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody who goes on writing on a device, whatever happens around it: one event after the other, as a person does.
/// Several at once may leave LiveStore 0.4.0 stuck; see "Known trouble" in `docs/faces/livestore.md`.
final class Writer {
    private static final long PAUSE_MS = 400;

    private final Device device;
    private final AtomicInteger written = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean stopped;

    private Writer(Device device) {
        this.device = device;
    }

    static Writer on(Device device) {
        var writer = new Writer(device);
        Thread.ofVirtual().name(device.name() + "-writer").start(writer::write);
        return writer;
    }

    private void write() {
        try {
            while (!stopped) {
                device.addOne(device.nextId());
                written.incrementAndGet();
                Patience.pause(PAUSE_MS);
            }
            end.complete(null);
        } catch (RuntimeException failure) {
            end.completeExceptionally(failure);
        }
    }

    /// Waits for more.
    void awaitMore(int count) {
        int enough = written.get() + count;
        Patience.until(
                device.name() + " writes on",
                Device.PATIENCE,
                () -> written.get() >= enough || end.isCompletedExceptionally());
    }

    int written() {
        return written.get();
    }

    /// Returns when it has written its last.
    void stop() {
        stopped = true;
        Patience.asFailure(end::get);
    }
}
