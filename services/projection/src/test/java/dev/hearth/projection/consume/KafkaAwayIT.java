package dev.hearth.projection.consume;

import static dev.hearth.projection.Writer.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.contracts.Topics;
import dev.hearth.embedded.EmbeddedKafka;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.KafkaConfig;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Store;
import dev.hearth.projection.TestLog;
import dev.hearth.projection.Writer;
import dev.hearth.projection.fold.StoreFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One view's life with a broker that goes away, comes back, and loses its topic.
final class KafkaAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private final TestLog log = new TestLog();
    private final Writer ada = Writer.someone(log);
    private final Store store = ada.open("a");
    private final List<Event> all = new ArrayList<>();

    @Test
    void a_view_outlives_kafka_and_what_it_kept() throws Exception {
        Frame.migrate();
        var config = new KafkaConfig(folder, FreePorts.any(), FreePorts.any());
        var kafka = EmbeddedKafka.start(config);
        try (var frame = new Frame(log, kafka.bootstrapServers())) {
            frame.rebuild(frame.view()).round();
            // Before there is a topic.
            var consumer = frame.consume(frame.view());
            makeTopic(kafka);
            append("1");
            frame.publish(all);
            shows(frame, "v1 1");

            kafka.close();
            append("2");
            now(frame.projection().projector().catchUp(StoreFacts.of(store), true, _ -> false));
            shows(frame, "v1 1 2");
            append("3");

            kafka = EmbeddedKafka.start(config);
            frame.publish(all);
            shows(frame, "v1 1 2 3");

            try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.deleteTopics(List.of(Topics.LOG)).all().get();
            }
            append("4");
            var server = kafka;
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                makeTopic(server);
                return true;
            });
            frame.publish(all);
            shows(frame, "v1 1 2 3 4");
            await().atMost(PATIENCE).until(() -> consumer.behind() == 0 && consumer.stalled() == 0);
        } finally {
            kafka.close();
        }
    }

    private void append(String text) {
        all.addAll(ada.append(store.id(), "s", text));
    }

    private void shows(Frame frame, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(frame.rows(ada.caller(), store)).isEqualTo(Map.of("s", text)));
    }

    private static void makeTopic(EmbeddedKafka kafka) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.LOG, 2, (short) 1)))
                    .all()
                    .get();
        }
    }
}
