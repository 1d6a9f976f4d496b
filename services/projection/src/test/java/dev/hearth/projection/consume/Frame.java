package dev.hearth.projection.consume;

import static dev.hearth.projection.Writer.now;

import dev.hearth.contracts.Caller;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Store;
import dev.hearth.messaging.LogMessage;
import dev.hearth.postgres.Database;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.TestConfig;
import dev.hearth.projection.TestLog;
import dev.hearth.projection.fold.ViewName;
import dev.hearth.projection.rebuild.Rebuild;
import dev.hearth.projection.view.Projection;
import dev.hearth.projection.view.StoreDirectory;
import dev.hearth.testkit.TestKafka;
import dev.hearth.testkit.TestPostgres;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;

/// A view of its own for one test, on the test servers' Postgres and Kafka, as any number of processes keep it.
final class Frame implements AutoCloseable {
    private static final Vertx VERTX = Vertx.vertx();
    static final ProjectionConfig CONFIG = TestConfig.quick();

    final ViewName name = new ViewName("noted-" + UUID.randomUUID().toString().substring(0, 8));
    final Pool pool = pool();
    final Database database = new Database(pool);
    private final TestLog log;
    private final List<LogConsumer> consumers = new ArrayList<>();
    private final String kafka;
    private final KafkaProducer<String, byte[]> relay;

    Frame(TestLog log) {
        this(log, kafka());
    }

    Frame(TestLog log, String kafka) {
        this.log = log;
        this.kafka = kafka;
        this.relay = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer());
    }

    static String kafka() {
        return TestKafka.config().get("kafka.bootstrap.servers");
    }

    static void migrate() throws SQLException {
        var config = TestPostgres.config();
        var url = "jdbc:postgresql://" + config.get("hearth.postgres.host") + ":" + config.get("hearth.postgres.port")
                + "/" + PostgresRoles.DATABASE + "?currentSchema=projection";
        var password = config.get("hearth.postgres.password.projection_owner");
        Flyway.configure()
                .dataSource(url, "projection_owner", password)
                .defaultSchema("projection")
                .locations("db/projection")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url, "projection_owner", password);
                var statement = connection.createStatement()) {
            statement.execute(NotedRows.TABLE);
        }
    }

    private static Pool pool() {
        var config = TestPostgres.config();
        var options = new PgConnectOptions()
                .setHost(config.get("hearth.postgres.host"))
                .setPort(Integer.parseInt(config.get("hearth.postgres.port")))
                .setDatabase(PostgresRoles.DATABASE)
                .setUser("projection")
                .setPassword(config.get("hearth.postgres.password.projection"));
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(16).setConnectionTimeout(10))
                .connectingTo(options)
                .using(VERTX)
                .build();
    }

    Noted view() {
        return new Noted(name, 1, false);
    }

    Projection<String> projection(Noted view) {
        return Projection.of(new NotedRows(view), database, log, CONFIG);
    }

    Projection<String> projection() {
        return projection(view());
    }

    Rebuild rebuild(Noted view) {
        return rebuild(view, log);
    }

    Rebuild rebuild(Noted view, EventLog log) {
        var projection = Projection.of(new NotedRows(view), database, log, CONFIG);
        return new Rebuild(log, projection.builds(), projection.projector(), view.version(), 2, 2, () -> false);
    }

    /// A process that consumes.
    LogConsumer consume(Noted view) {
        var deadLetters = new DeadLetters(kafka, name, CONFIG.deadLetter());
        var incoming =
                new Incoming(log, new StoreDirectory(log), projection(view).projector(), deadLetters, 4);
        var consumer = new LogConsumer(kafka, "test-" + name, incoming, CONFIG.consumer());
        consumers.add(consumer);
        return consumer;
    }

    int sendLetters() throws Exception {
        return new ParkedLetters(
                        log,
                        new StoreDirectory(log),
                        projection().parked(),
                        new DeadLetters(kafka, name, CONFIG.deadLetter()))
                .send();
    }

    void publish(List<Event> events) {
        events.forEach(event -> relay.send(LogMessage.toRecord(event)));
        relay.flush();
    }

    /// What a query would show its caller: the live build's rows of a store, by stream.
    Map<String, String> rows(Caller caller, Store store) {
        return now(database.inTransaction(
                caller,
                tx -> tx.preparedQuery("select n.key, n.text from build b join noted n on n.view = b.view"
                                + " and n.build = b.number where b.view = $1 and b.state = 'live' and n.store = $2")
                        .execute(Tuple.of(name.value(), store.id().value()))
                        .map(found -> {
                            var rows = new TreeMap<String, String>();
                            found.forEach(row -> rows.put(row.getString("key"), row.getString("text")));
                            return rows;
                        })));
    }

    long count(String table) {
        return now(database.inServiceTransaction(tx -> tx.query("select count(*) from " + table)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))));
    }

    /// As the superuser sees it: past every wall.
    long countAll(String table, String column, int build) {
        try (var connection = TestPostgres.address().connect(PostgresRoles.DATABASE);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from projection." + table + " where view = '" + name
                        + "' and " + column + " = " + build)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        consumers.forEach(LogConsumer::close);
        relay.close();
        now(pool.close());
    }
}
