package dev.hearth.eventstore.log;

import dev.hearth.contracts.StoreId;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells the relay which stores have grown, after their commit: a NOTIFY inside the append's transaction would make
/// commits queue behind each other. Told together while one notice is on its way; a lost one costs only time.
@ApplicationScoped
public class AppendedNotices {
    public static final String CHANNEL = "event_store_appended";

    /// Postgres takes payloads below 8,000 bytes; a UUID and its comma are 37.
    private static final int MAX_STORES = 200;

    private final Pool pool;
    private final Set<StoreId> waiting = new LinkedHashSet<>();
    private boolean underWay;

    AppendedNotices(@ReactiveDataSource("event-store") Pool pool) {
        this.pool = pool;
    }

    void appended(StoreId store) {
        synchronized (waiting) {
            waiting.add(store);
            if (underWay) {
                return;
            }
            underWay = true;
        }
        send();
    }

    private void send() {
        String stores;
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                underWay = false;
                return;
            }
            // Past the limit nobody is named, and the relay looks for itself.
            stores = waiting.size() > MAX_STORES
                    ? ""
                    : waiting.stream().map(StoreId::toString).collect(Collectors.joining(","));
            waiting.clear();
        }
        pool.preparedQuery("select pg_notify($1, $2)")
                .execute(Tuple.of(CHANNEL, stores))
                .subscribe()
                .with(_ -> send(), failure -> {
                    Log.debugf(
                            "notice of appended events lost: %s",
                            failure.getClass().getSimpleName());
                    send();
                });
    }
}
