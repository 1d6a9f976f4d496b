package dev.hearth.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig$;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/// One Kafka broker, its own controller (KRaft), in this program, on loopback, without authentication: Postgres is the
/// truth, Kafka a copy.
public final class EmbeddedKafka implements AutoCloseable {
    private final KafkaConfig config;
    private final KafkaRaftServer server;

    private EmbeddedKafka(KafkaConfig config, KafkaRaftServer server) {
        this.config = config;
        this.server = server;
    }

    /// Starts the broker and returns when it accepts clients.
    public static EmbeddedKafka start(KafkaConfig config) {
        try {
            Path logs = config.dataFolder().resolve("logs");
            Files.createDirectories(logs);
            var properties = properties(config, logs);
            format(config.dataFolder(), logs, properties);
            var server = new KafkaRaftServer(KafkaConfig$.MODULE$.apply(properties, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(config, server);
        } catch (IOException failure) {
            throw new UncheckedIOException("Kafka cannot start: " + failure.getMessage(), failure);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + config.port();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /// What `kafka-storage format` does: gives the cluster its identity, once.
    private static void format(Path folder, Path logs, Properties properties) throws IOException {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        Path file = folder.resolve("server.properties");
        try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
        String[] command = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        if (StorageTool.execute(command, new PrintStream(OutputStream.nullOutputStream())) != 0) {
            throw new ServerFailed("Kafka could not make its data folder " + logs);
        }
    }

    private static Properties properties(KafkaConfig config, Path logs) {
        String client = "PLAINTEXT://127.0.0.1:" + config.port();
        String controller = "127.0.0.1:" + config.controllerPort();
        var properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + controller,
                "listeners", client + ",CONTROLLER://" + controller,
                "advertised.listeners", client,
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "PLAINTEXT",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", logs.toAbsolutePath().toString()));
        properties.putAll(oneNode());
        properties.putAll(smallMachine());
        return properties;
    }

    private static Map<String, String> oneNode() {
        return Map.ofEntries(
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A topic that is made by the way has the wrong settings, and hides that the right one is gone.
                Map.entry("auto.create.topics.enable", "false"),
                // After a kill the broker waits for its own old session to end.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"));
    }

    private static Map<String, String> smallMachine() {
        return Map.of(
                "num.network.threads", "1",
                "num.io.threads", "2",
                "background.threads", "2",
                "num.recovery.threads.per.data.dir", "1",
                // By default 128 MB of heap.
                "log.cleaner.dedupe.buffer.size", "2097152",
                "log.segment.bytes", "67108864",
                "log.index.size.max.bytes", "1048576");
    }
}
