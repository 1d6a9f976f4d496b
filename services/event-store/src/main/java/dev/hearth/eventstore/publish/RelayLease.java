package dev.hearth.eventstore.publish;

import dev.hearth.contracts.StoreId;
import dev.hearth.eventstore.log.AppendedNotices;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The right to publish one shard: an advisory lock that lives as long as its connection. Checkpoints are written on
/// that same connection, so a relay that lost the right cannot write one. Notices of appends arrive here too.
final class RelayLease implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The first half of the advisory lock's key; the second is the shard.
    private static final int LOCK = 0x48454152;

    private final SqlConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Set<StoreId> grown = new HashSet<>();
    private boolean unnamed;
    private boolean lost;

    private RelayLease(SqlConnection connection) {
        this.connection = connection;
    }

    /// Empty when another process publishes this shard.
    static Optional<RelayLease> take(Pool pool, int shard) {
        var connection = pool.getConnection().await().atMost(PATIENCE);
        try {
            boolean taken = connection
                    .preparedQuery("select pg_try_advisory_lock($1, $2)")
                    .execute(Tuple.of(LOCK, shard))
                    .await()
                    .atMost(PATIENCE)
                    .iterator()
                    .next()
                    .getBoolean(0);
            if (!taken) {
                connection.close().await().atMost(PATIENCE);
                return Optional.empty();
            }
            var lease = new RelayLease(connection);
            lease.listen();
            return Optional.of(lease);
        } catch (RuntimeException failure) {
            connection.close().subscribe().with(_ -> {}, _ -> {});
            throw failure;
        }
    }

    private void listen() {
        var plain = (PgConnection) connection.getDelegate();
        plain.notificationHandler(notice -> noticed(notice.getPayload()));
        plain.closeHandler(_ -> lose());
        connection.query("listen " + AppendedNotices.CHANNEL).execute().await().atMost(PATIENCE);
    }

    SqlConnection connection() {
        return connection;
    }

    boolean isLost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /// What notices have told. `more`: that there are stores they did not name, or nothing at all.
    record Grown(Set<StoreId> stores, boolean more) {}

    /// Waits for a notice, for at most `atMost`.
    Grown awaitGrown(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (grown.isEmpty() && !unnamed && !lost && left > 0) {
                left = told.awaitNanos(left);
            }
            var taken = new Grown(Set.copyOf(grown), unnamed || grown.isEmpty());
            grown.clear();
            unnamed = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void noticed(String stores) {
        lock.lock();
        try {
            if (stores.isEmpty()) {
                unnamed = true;
            } else {
                Arrays.stream(stores.split(",")).map(StoreId::parse).forEach(grown::add);
            }
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void lose() {
        lock.lock();
        try {
            lost = true;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Not only given back to the pool: the lock and LISTEN belong to this connection.
        connection
                .query("select pg_advisory_unlock_all()")
                .execute()
                .flatMap(_ -> connection.query("unlisten *").execute())
                .onItemOrFailure()
                .transformToUni((_, _) -> connection.close())
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(Duration.ofSeconds(5));
    }
}
