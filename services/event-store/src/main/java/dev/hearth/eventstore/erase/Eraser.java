package dev.hearth.eventstore.erase;

import dev.hearth.contracts.Principal;
import dev.hearth.eventlog.StoreErasure;
import dev.hearth.eventstore.EventStoreConfig;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;

/// Blanks the payloads of histories that were replaced long enough ago, and everything of owners who are gone. Several
/// may run: each batch is one transaction, and what is blank stays blank. Only this class uses the eraser's role.
@ApplicationScoped
public class Eraser implements StoreErasure {
    private static final int GENERATIONS_AT_ONCE = 100;

    private final Pool pool;
    private final EventStoreConfig.Eraser config;
    private final Clock clock = Clock.systemUTC();

    Eraser(@ReactiveDataSource("event-store-eraser") Pool pool, EventStoreConfig config) {
        this.pool = pool;
        this.config = config.eraser();
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(
                config.interval().toMillis(),
                _ -> eraseRetired(config.keepRetiredFor())
                        .subscribe()
                        .with(
                                erased -> Log.debugf("eraser: payloads blanked=%d", erased),
                                failure -> Log.warnf("eraser pauses: %s", failure.getMessage())));
    }

    /// Blanks what was retired longer ago than `kept`; the answer is how many payloads.
    public Uni<Long> eraseRetired(Duration kept) {
        var before = clock.instant().minus(kept).atOffset(ZoneOffset.UTC);
        return pool.preparedQuery("select store, generation from erasable_generations($1, $2)")
                .execute(Tuple.of(before, GENERATIONS_AT_ONCE))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> erase(row.getUUID("store"), row.getLong("generation"), 0))
                .collect()
                .in(() -> new long[1], (sum, erased) -> sum[0] += erased)
                .map(sum -> sum[0]);
    }

    @Override
    public Uni<Boolean> erase(Principal owner) {
        return pool.preparedQuery("select erase_owner($1, $2)")
                .execute(Tuple.of(owner.toString(), config.batchEvents()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Uni<Long> erase(UUID store, long generation, long soFar) {
        return pool.preparedQuery("select erase_generation($1, $2, $3)")
                .execute(Tuple.of(store, generation, config.batchEvents()))
                .map(rows -> rows.iterator().next().getInteger(0))
                .flatMap(erased -> erased < config.batchEvents()
                        ? Uni.createFrom().item(soFar + erased)
                        : erase(store, generation, soFar + erased));
    }
}
