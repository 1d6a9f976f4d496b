package dev.hearth.eventstore.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.Topics;
import dev.hearth.messaging.LogMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The topic as a consumer sees it that has read it from its beginning.
final class Copy {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<StoreId, List<LogMessage>> messages = new HashMap<>();

    private Copy() {}

    /// Reads until a consumer can have applied this history up to `head`.
    static Copy until(String kafka, StoreId store, Generation generation, long head) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var copy = read(kafka);
            if (copy.applied(store, generation) >= head) {
                return copy;
            }
            assertThat(System.nanoTime())
                    .as("the copy of %s has %s, not %d", store, copy.sequences(store, generation), head)
                    .isLessThan(giveUp);
        }
    }

    private static Copy read(String kafka) {
        var copy = new Copy();
        Map<String, Object> config = Map.of("bootstrap.servers", kafka, "default.api.timeout.ms", 5000);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            var known = consumer.listTopics().get(Topics.LOG);
            if (known == null) {
                return copy;
            }
            var partitions = known.stream()
                    .map(part -> new TopicPartition(part.topic(), part.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    var message = LogMessage.read(record);
                    assertThat(record.key()).isEqualTo(message.event().store().toString());
                    copy.messages
                            .computeIfAbsent(message.event().store(), _ -> new ArrayList<>())
                            .add(message);
                });
            }
        }
        return copy;
    }

    /// The sequences of one history in the order in which they first came.
    List<Long> sequences(StoreId store, Generation generation) {
        return List.copyOf(of(store, generation).stream()
                .map(message -> message.event().sequence().value())
                .collect(LinkedHashSet::new, LinkedHashSet::add, LinkedHashSet::addAll));
    }

    /// How far a consumer comes that applies only the event that is next.
    long applied(StoreId store, Generation generation) {
        long applied = 0;
        for (LogMessage message : of(store, generation)) {
            applied += message.event().sequence().value() == applied + 1 ? 1 : 0;
        }
        return applied;
    }

    List<LogMessage> of(StoreId store, Generation generation) {
        return messages.getOrDefault(store, List.of()).stream()
                .filter(message -> message.event().generation().equals(generation))
                .toList();
    }
}
