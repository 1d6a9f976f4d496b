package dev.hearth.testkit;

import dev.hearth.embedded.EmbeddedKafka;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.KafkaConfig;
import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.kafka.KafkaContainer;

/// A Kafka broker for tests.
public final class TestKafka {
    private TestKafka() {}

    /// Where the services find it; starts it the first time.
    public static Map<String, String> config() {
        return OncePerJvm.config("kafka", folder -> {
            String servers = Containers.wanted() ? container() : embedded(folder);
            return Map.of("kafka.bootstrap.servers", servers);
        });
    }

    private static String embedded(Path folder) {
        var kafka = EmbeddedKafka.start(new KafkaConfig(folder, FreePorts.any(), FreePorts.any()));
        OncePerJvm.atEnd(folder, kafka::close);
        return kafka.bootstrapServers();
    }

    private static String container() {
        var container = new KafkaContainer("apache/kafka:4.1.1");
        container.start();
        return container.getBootstrapServers();
    }
}
