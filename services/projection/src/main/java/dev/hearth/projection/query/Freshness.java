package dev.hearth.projection.query;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.ProblemType;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Store;
import dev.hearth.problems.ProblemException;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.ViewName;
import dev.hearth.projection.view.Projection;
import dev.hearth.projection.view.Projections;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Lets everybody read what they wrote: a query that names a sequence is answered when the view has come there.
/// It does not wait for Kafka, it reads what is missing from the log.
@ApplicationScoped
public class Freshness {
    private final Projections projections;
    private final EventLog log;
    private final ProjectionConfig.Query config;
    private final Semaphore catchUps;

    Freshness(Projections projections, EventLog log, ProjectionConfig config) {
        this.projections = projections;
        this.log = log;
        this.config = config.query();
        this.catchUps = new Semaphore(config.query().maxCatchUps());
    }

    /// Done when the view has what the header asks for, in stores of this caller's; a problem when it cannot.
    public Uni<Void> reached(ViewName view, Caller caller, @Nullable String header) {
        var wanted = MinSequence.parse(header, config.maxMinSequences());
        if (wanted.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        long giveUp = System.nanoTime() + config.longestCatchUp().toNanos();
        return Multi.createFrom()
                .iterable(wanted)
                .onItem()
                .transformToUniAndConcatenate(one -> reached(projections.get(view), caller, one, giveUp))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> reached(Projection<?> projection, Caller caller, MinSequence wanted, long giveUp) {
        if (!caller.rights().mayRead(wanted.store())) {
            throw unknownStore();
        }
        return projection
                .shelf()
                .checkpoint(caller, wanted.store())
                .map(checkpoint -> checkpoint.isPresent()
                        && wanted.generation().isPresent()
                        && checkpoint
                                .get()
                                .reaches(new Checkpoint(wanted.generation().get(), wanted.sequence())))
                .flatMap(there -> there
                        ? Uni.createFrom().voidItem()
                        : log.find(caller, wanted.store())
                                .flatMap(store -> catchUp(projection, exists(store), wanted, giveUp)));
    }

    private static Store exists(Optional<Store> store) {
        return store.orElseThrow(Freshness::unknownStore);
    }

    private static ProblemException unknownStore() {
        return new ProblemException(ProblemType.STORE_NOT_FOUND, "You have no store with this id.");
    }

    private Uni<Void> catchUp(Projection<?> projection, Store store, MinSequence wanted, long giveUp) {
        var goal = new Checkpoint(wanted.generation().orElse(store.generation()), wanted.sequence());
        if (!new Checkpoint(store.generation(), store.head()).reaches(goal)) {
            throw new ProblemException(
                    ProblemType.CURSOR_BEYOND_HEAD,
                    "The header " + MinSequence.HEADER + " names an event that the store does not have.",
                    Map.of(
                            "generation", store.generation().value(),
                            "head", store.head().value()));
        }
        if (!catchUps.tryAcquire()) {
            throw unavailable("Too many requests wait for views to catch up.");
        }
        return projection
                .projector()
                .catchUp(
                        StoreFacts.of(store),
                        true,
                        checkpoint -> checkpoint.reaches(goal) || System.nanoTime() - giveUp > 0)
                .onTermination()
                .invoke(catchUps::release)
                .invoke(reached -> {
                    if (reached.isEmpty() || !reached.get().reaches(goal)) {
                        throw unavailable("The view has not come that far yet; ask again, or without the header.");
                    }
                })
                .replaceWithVoid();
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(ProblemType.UNAVAILABLE, detail);
    }
}
