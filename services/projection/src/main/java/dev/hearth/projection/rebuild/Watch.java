package dev.hearth.projection.rebuild;

import dev.hearth.eventlog.EventLog;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.view.BuildStatus;
import dev.hearth.projection.view.PostgresParked.Count;
import dev.hearth.projection.view.Projection;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Looks after one view from start to stop: builds it when it has to be built, folds what Kafka did not bring,
/// removes what was retired. On a thread of its own; trouble only makes it wait.
final class Watch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    static final int MAX_PARKED_STORES = 1_000;

    private final Projection<?> projection;
    private final Rebuild rebuild;
    private final ProjectionConfig.Rebuild config;
    private final Semaphore told = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile double progress;
    private volatile long parked;
    private long reconcileAt = System.nanoTime();

    Watch(Projection<?> projection, EventLog log, ProjectionConfig config) {
        this.projection = projection;
        this.config = config.rebuild();
        this.rebuild = new Rebuild(
                log,
                projection.builds(),
                projection.projector(),
                projection.view().version(),
                config.rebuild().storesPerPart(),
                config.storesAtOnce(),
                () -> stopping);
        this.thread = Thread.ofVirtual()
                .name("projection-" + projection.view().name())
                .start(this::run);
    }

    /// Looks now.
    void wake() {
        told.release();
    }

    /// Of the build that is being made, 0 to 1; 1 when none is.
    double progress() {
        return progress;
    }

    /// Events that the live build has left out.
    long parked() {
        return parked;
    }

    @Override
    public void close() {
        stopping = true;
        told.release();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                rebuild.round();
                reconcileWhenDue();
                while (!stopping && Sweep.await(projection.builds().dropRetired(config.rowsPerDrop()))) {
                    Log.debugf("rows of a retired build removed: view=%s", name());
                }
                look();
            } catch (RuntimeException trouble) {
                if (!stopping) {
                    Log.warnf(
                            "view waits: view=%s reason=%s: %s",
                            name(), trouble.getClass().getSimpleName(), trouble.getMessage());
                }
            }
            rest();
        }
    }

    private void reconcileWhenDue() {
        if (System.nanoTime() - reconcileAt >= 0) {
            long behind = rebuild.reconcile();
            reconcileAt = System.nanoTime() + config.reconcileInterval().toNanos();
            Log.debugf("view compared with the log: view=%s stores-behind=%d", name(), behind);
        }
    }

    private void look() {
        progress = Sweep.await(projection.builds().current()).stream()
                .mapToDouble(BuildStatus::progress)
                .min()
                .orElse(0);
        parked = Sweep.await(projection.parked().counts(MAX_PARKED_STORES)).stream()
                .mapToLong(Count::events)
                .sum();
    }

    private void rest() {
        try {
            if (told.tryAcquire(config.watchInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                told.drainPermits();
            }
        } catch (InterruptedException interrupted) {
            stopping = true;
        }
    }

    private String name() {
        return projection.view().name().value();
    }
}
