package dev.hearth.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.embedded.EmbeddedKafka;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.KafkaConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BroadcastIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static KafkaConfig config;
    private static EmbeddedKafka kafka;

    private final String topic = "test-" + UUID.randomUUID();
    private final List<Ear> ears = new ArrayList<>();

    @BeforeAll
    static void start() {
        config = new KafkaConfig(folder, FreePorts.any(), FreePorts.any());
        kafka = EmbeddedKafka.start(config);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @AfterEach
    void close() {
        ears.forEach(ear -> ear.broadcast.close());
    }

    @Test
    void every_instance_hears_every_message_from_now_on() throws Exception {
        make(topic, 3);
        send("before", 0);
        var one = ear();
        var two = ear();
        await().atMost(PATIENCE).until(() -> one.isListening() && two.isListening());

        send("a", 0);
        send("b", 1);
        send("c", 2);

        for (var ear : ears) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ear.heard).containsExactlyInAnyOrder("a", "b", "c"));
        }
    }

    @Test
    void a_topic_that_does_not_exist_is_waited_for() throws Exception {
        var ear = ear();

        make(topic, 1);

        hearsAgain(ear);
    }

    @Test
    void a_topic_that_was_made_anew_is_heard_again() throws Exception {
        make(topic, 1);
        var ear = ear();
        await().atMost(PATIENCE).until(ear::isListening);
        for (int i = 0; i < 10; i++) {
            send("old", 0);
        }

        try (var admin = admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            make(topic, 2);
            return true;
        });

        hearsAgain(ear);
    }

    @Test
    void new_partitions_are_heard() throws Exception {
        make(topic, 1);
        var ear = ear();
        await().atMost(PATIENCE).until(ear::isListening);

        try (var admin = admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                    .all()
                    .get();
        }

        await().atMost(PATIENCE).until(() -> ear.connections.get() == 2);
        send("new", 1);
        await().atMost(PATIENCE).until(() -> ear.heard.contains("new"));
    }

    @Test
    void kafka_that_was_away_is_heard_again() throws Exception {
        make(topic, 1);
        var ear = ear();
        await().atMost(PATIENCE).until(ear::isListening);

        kafka.close();
        await().atMost(PATIENCE).until(() -> !ear.isListening());
        kafka = EmbeddedKafka.start(config);

        hearsAgain(ear);
    }

    @Test
    void a_listener_that_fails_hears_the_next_message() throws Exception {
        make(topic, 1);
        var ear = ear();
        await().atMost(PATIENCE).until(ear::isListening);

        send("fail", 0);
        send("next", 0);

        await().atMost(PATIENCE).until(() -> ear.heard.contains("next"));
    }

    /// Sends until something is heard: what is sent while nobody listens is not.
    private void hearsAgain(Ear ear) {
        int before = ear.heard.size();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            send("again", 0);
            return ear.heard.size() > before && ear.heard.contains("again");
        });
    }

    private Ear ear() {
        var ear = new Ear(topic);
        ears.add(ear);
        return ear;
    }

    private static void make(String topic, int partitions) throws ExecutionException, InterruptedException {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private void send(String text, int partition) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 2000, "delivery.timeout.ms", 31_000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, text, new byte[0]))
                    .get();
        }
    }

    private static final class Ear implements Broadcast.Listener {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final AtomicInteger connections = new AtomicInteger();
        private final Broadcast broadcast;

        Ear(String topic) {
            broadcast = new Broadcast(kafka.bootstrapServers(), topic, this);
        }

        boolean isListening() {
            return broadcast.isListening();
        }

        @Override
        public void connected() {
            connections.incrementAndGet();
        }

        @Override
        public void heard(ConsumerRecord<String, byte[]> message) {
            heard.add(message.key());
            if (message.key().equals("fail")) {
                throw new IllegalStateException("a listener's own trouble");
            }
        }
    }
}
