package dev.hearth.projection.rebuild;

import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Store;
import dev.hearth.projection.view.BuildStatus;
import dev.hearth.projection.view.Builds;
import dev.hearth.projection.view.Builds.Part;
import dev.hearth.projection.view.Projector;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Builds a view of this code's version beside the live one, from the log alone, and puts it in its place.
///
/// Any number of processes may try: each part of the sweep belongs to one of them, and what is done twice is
/// skipped. Whatever stops it, it goes on from the last part. While it runs, events from Kafka go into both
/// builds, into this one as far as they are next; so a store that the sweep has passed stays up to date.
public final class Rebuild {
    private static final int STORES_AT_LAST = 200;
    private static final int ROUNDS_AT_LAST = 50;

    private final EventLog log;
    private final Builds builds;
    private final Sweep sweep;
    private final int version;
    private final int storesPerPart;
    private final BooleanSupplier stopping;

    public Rebuild(
            EventLog log,
            Builds builds,
            Projector<?> projector,
            int version,
            int storesPerPart,
            int storesAtOnce,
            BooleanSupplier stopping) {
        this.log = log;
        this.builds = builds;
        this.sweep = new Sweep(log, projector, builds, storesAtOnce);
        this.version = version;
        this.storesPerPart = storesPerPart;
        this.stopping = stopping;
    }

    /// Builds if there is something to build: nothing is live, or an older version is, or somebody asked for
    /// it. Blocks until it is live or another process is at it; throws what stopped it.
    public void round() {
        var live = find(true);
        // What older code has begun and not finished is given up.
        var begun = find(false).filter(build -> build.version() >= version);
        if (begun.isEmpty() && live.map(build -> build.version() < version).orElse(true)) {
            Sweep.await(builds.begin(version, false));
        }
        var making = find(false).filter(build -> build.version() == version);
        if (making.isPresent() && sweepAll(making.get())) {
            settle(making.get().number());
        }
    }

    /// Folds into the live build whatever it has missed: Kafka may have lost it, and a reset tells nobody. Takes out of
    /// every build what the log has closed; nobody tells of that either.
    public long reconcile() {
        sweep.forgetClosed();
        return find(true)
                .filter(build -> build.version() == version)
                .map(build -> sweep.pass(build.number(), true))
                .orElse(0L);
    }

    private Optional<BuildStatus> find(boolean live) {
        return Sweep.await(builds.current()).stream()
                .filter(build -> build.live() == live)
                .findFirst();
    }

    /// False when another process is at it, or this one stops.
    private boolean sweepAll(BuildStatus making) {
        if (making.of().isEmpty()) {
            Sweep.await(builds.measured(making.number(), sweep.measure()));
        }
        while (!stopping.getAsBoolean()) {
            var part = Sweep.await(builds.sweep(version, this::part));
            if (part.isEmpty() || part.get().last()) {
                return part.isPresent();
            }
        }
        return false;
    }

    private Uni<Part> part(BuildStatus making) {
        return log.all(making.sweptTo(), storesPerPart)
                .flatMap(stores -> sweep.catchUp(stores, false).map(_ -> swept(making, stores)));
    }

    private static Part swept(BuildStatus making, List<Store> stores) {
        Optional<StoreId> to = stores.isEmpty()
                ? making.sweptTo()
                : Optional.of(stores.getLast().id());
        return new Part(to, making.swept().plus(stores.size(), Sweep.events(stores)), stores.isEmpty());
    }

    private void settle(int build) {
        sweep.pass(build, false);
        for (int round = 0; round < ROUNDS_AT_LAST; round++) {
            if (Sweep.await(builds.makeLive(build))) {
                return;
            }
            sweep.catchUpThose(Sweep.await(builds.behindLive(build, STORES_AT_LAST)), false);
        }
        throw new IllegalStateException("the live build keeps knowing more than the log");
    }
}
