package dev.hearth.standalone;

import dev.hearth.embedded.GuardedProcess;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A child server that is started again when it ends unasked.
final class Kept<T extends AutoCloseable> implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final Progress progress;
    private final Supplier<T> start;
    private final Function<T, GuardedProcess> process;

    private @Nullable T running;
    private boolean closed;

    Kept(String name, Progress progress, Supplier<T> start, Function<T, GuardedProcess> process) {
        this.name = name;
        this.progress = progress;
        this.start = start;
        this.process = process;
    }

    /// The server's first start; a failure is the caller's.
    T start() {
        T server = start.get();
        keep(server);
        return server;
    }

    private synchronized void keep(T server) {
        if (closed) {
            end(server);
            return;
        }
        running = server;
        process.apply(server)
                .onExit()
                .thenAcceptAsync(this::startAgain, task -> Thread.ofVirtual().start(task));
    }

    private void startAgain(int code) {
        while (!isClosed()) {
            progress.say(name + " ended with code " + code + " and is started again");
            try {
                Thread.sleep(PAUSE);
                keep(start.get());
                return;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                progress.say(name + " could not be started: " + failure.getMessage());
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            end(running);
        }
    }

    private void end(T server) {
        try {
            server.close();
        } catch (Exception failure) {
            progress.say(name + " did not stop in good order: " + failure.getMessage());
        }
    }
}
