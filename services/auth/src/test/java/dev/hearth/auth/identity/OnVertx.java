package dev.hearth.auth.identity;

import io.quarkus.arc.Arc;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/// Runs what wants an event loop from a test's own thread.
public final class OnVertx {
    private OnVertx() {}

    public static <T> T await(Supplier<Uni<T>> work) {
        return on(work).await().atMost(Duration.ofSeconds(10));
    }

    /// Each subscription in a context of its own, as each request has one.
    public static <T> Uni<T> on(Supplier<Uni<T>> work) {
        var vertx = Arc.container().instance(Vertx.class).get();
        return Uni.createFrom()
                .emitter(emitter -> VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
                        .runOnContext(_ -> work.get().subscribe().with(emitter::complete, emitter::fail)));
    }
}
