package dev.hearth.standalone.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What Postgres itself can do with the same rows: a table as the log's, with its columns and indexes, no rules, no
/// heads, no HTTP. One connection and one thread for each client.
final class RawPostgres {
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration MEASURED = Duration.ofSeconds(5);

    private static final String INSERT = """
            insert into bench_raw (store, generation, sequence, stream, revision, type, event_id, payload, payload_hash,
                                   content_type, private, actor)
            select ?, 1, ? + n, 'list', ? + n, 'bench.noted', id, payload, sha256(payload), 'application/json', false,
                   'user:bench'
            from unnest(?::text[], ?::bytea[]) with ordinality u (id, payload, n)
            """;

    private final Subject subject;

    RawPostgres(Subject subject) {
        this.subject = subject;
    }

    /// Rows a second, `batch` of them a commit.
    double inserts(int clients, int batch) {
        try (var connection = subject.postgres();
                var statement = connection.createStatement()) {
            statement.execute("drop table if exists bench_raw");
            statement.execute("create table bench_raw (like event_store.event including all)");
        } catch (SQLException failure) {
            throw new BenchFailed("the raw table could not be made: " + failure.getMessage(), failure);
        }
        run(clients, batch, WARM_UP);
        return run(clients, batch, MEASURED);
    }

    private double run(int clients, int batch, Duration time) {
        long started = System.nanoTime();
        long end = started + time.toNanos();
        long rows = 0;
        try (var threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Long>> running = new ArrayList<>();
            IntStream.range(0, clients).forEach(_ -> running.add(threads.submit(() -> insert(batch, end))));
            for (var client : running) {
                rows += client.get();
            }
        } catch (ExecutionException failure) {
            throw new BenchFailed("Postgres refused the raw inserts: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted");
        }
        return rows / ((System.nanoTime() - started) / 1e9);
    }

    private long insert(int batch, long end) throws SQLException {
        long rows = 0;
        try (var connection = subject.postgres();
                var insert = connection.prepareStatement(INSERT)) {
            var store = UUID.randomUUID();
            while (System.nanoTime() < end) {
                bind(connection, insert, store, rows, batch);
                rows += insert.executeUpdate();
            }
        }
        return rows;
    }

    private static void bind(Connection connection, PreparedStatement insert, UUID store, long rows, int batch)
            throws SQLException {
        var ids = new String[batch];
        var payloads = new byte[batch][];
        for (int i = 0; i < batch; i++) {
            ids[i] = Events.id();
            payloads[i] = Events.payload().getBytes(StandardCharsets.UTF_8);
        }
        insert.setObject(1, store);
        insert.setLong(2, rows);
        insert.setLong(3, rows);
        insert.setArray(4, connection.createArrayOf("text", ids));
        insert.setArray(5, connection.createArrayOf("bytea", payloads));
    }
}
