package dev.hearth.auth.publish;

import dev.hearth.auth.publish.IdentityTopic.Change;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The right to publish: an advisory lock that lives as long as its connection. The outbox is read and marked on that
/// connection, and notices of changes arrive on it.
final class OutboxLease implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOCK = 0x48454152;
    private static final int IDENTITY = 0x6964;

    private final SqlConnection connection;
    private final Semaphore told = new Semaphore(0);
    private volatile boolean lost;

    private OutboxLease(SqlConnection connection) {
        this.connection = connection;
    }

    /// Empty when another process publishes.
    static Optional<OutboxLease> take(Pool pool) {
        var lease = new OutboxLease(pool.getConnection().await().atMost(PATIENCE));
        try {
            boolean taken = lease.run("select pg_try_advisory_lock($1, $2)", Tuple.of(LOCK, IDENTITY))
                    .iterator()
                    .next()
                    .getBoolean(0);
            if (!taken) {
                lease.connection.close().await().atMost(PATIENCE);
                return Optional.empty();
            }
            lease.listen();
            return Optional.of(lease);
        } catch (RuntimeException failure) {
            lease.connection.close().subscribe().with(_ -> {}, _ -> {});
            throw failure;
        }
    }

    private void listen() {
        var plain = (PgConnection) connection.getDelegate();
        plain.notificationHandler(_ -> told.release());
        plain.closeHandler(_ -> {
            lost = true;
            told.release();
        });
        run("listen hearth_identity", Tuple.tuple());
    }

    boolean isLost() {
        return lost;
    }

    /// Returns when something was told, or when the time is over.
    void await(Duration atMost) throws InterruptedException {
        if (told.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            told.drainPermits();
        }
    }

    void topicIs(String id) {
        run("select identity_topic_is($1)", Tuple.of(id));
    }

    List<Change> next(int most) {
        var changes = new ArrayList<Change>();
        for (Row row : run("select sequence, subject, type, state from next_identity_events($1)", Tuple.of(most))) {
            changes.add(new Change(
                    row.getLong("sequence"), row.getString("subject"), row.getString("type"), row.getString("state")));
        }
        return changes;
    }

    void published(List<Change> changes) {
        Long[] sequences = changes.stream().map(Change::sequence).toArray(Long[]::new);
        run("select identity_events_published($1)", Tuple.of(sequences));
    }

    void forget(Instant before) {
        run("select forget_identity_events($1)", Tuple.of(before.atOffset(ZoneOffset.UTC)));
    }

    /// Takes away what nobody can use any more: sessions after so long unused, and logins whose tokens are out.
    void deleteEnded(Instant now, Duration idle, Duration tokens) {
        run(
                "select delete_ended($1, make_interval(secs => $2), $3)",
                Tuple.of(
                        now.atOffset(ZoneOffset.UTC),
                        (double) idle.toSeconds(),
                        now.minus(tokens).atOffset(ZoneOffset.UTC)));
    }

    private RowSet<Row> run(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).await().atMost(PATIENCE);
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
