package dev.hearth.auth.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.auth.identity.RealIdentities;
import dev.hearth.contracts.Topics;
import dev.hearth.testkit.TestKafka;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestServers.class)
class IdentityRelayIT {
    @Inject
    RealIdentities identities;

    @Test
    void every_change_is_told_in_order_by_subject() {
        var ada = identities.someone();
        var session = identities.signIn(ada);
        identities.disable(ada);
        identities.enable(ada);
        identities.end(session);

        var told = read(records -> hasEndedSession(records, ada));

        var states = told.stream()
                .filter(record -> record.key().equals("user:" + ada))
                .map(record -> new JsonObject(record.value()).getString("state"))
                .toList();
        assertThat(states).containsExactly("active", "disabled", "active");
    }

    /// A session of hers was told of, and then that it is gone.
    private static boolean hasEndedSession(List<ConsumerRecord<String, String>> records, UUID user) {
        return records.stream()
                .filter(record -> record.value() != null && record.value().contains(user.toString()))
                .filter(record -> record.key().startsWith("session:"))
                .anyMatch(begun -> records.stream()
                        .anyMatch(record -> record.key().equals(begun.key()) && record.value() == null));
    }

    @Test
    void a_household_is_told_with_its_members() {
        UUID ada = identities.someone();
        UUID home = identities.household(ada, identities.someone());

        var told = read(records -> records.stream()
                .filter(record -> record.key().equals("household:" + home))
                .anyMatch(record ->
                        new JsonObject(record.value()).getJsonArray("members").size() == 2));

        assertThat(told)
                .filteredOn(record -> record.key().equals("user:" + ada))
                .last()
                .satisfies(record -> assertThat(new JsonObject(record.value()).getJsonArray("households"))
                        .containsExactly(home.toString()));
    }

    @Test
    void the_topic_keeps_the_last_state_of_each_subject() throws Exception {
        identities.someone();
        read(records -> !records.isEmpty());

        try (var admin = Admin.create(kafka())) {
            var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.IDENTITY);
            var config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
            assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
        }
    }

    private static List<ConsumerRecord<String, String>> read(Predicate<List<ConsumerRecord<String, String>>> until) {
        var latest = Instant.now().plusSeconds(20);
        var records = new ArrayList<ConsumerRecord<String, String>>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                        TestKafka.config().get("kafka.bootstrap.servers"),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = List.of(new TopicPartition(Topics.IDENTITY, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            while (!until.test(records)) {
                assertThat(Instant.now()).as("told in time; so far " + records).isBefore(latest);
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static Map<String, Object> kafka() {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, TestKafka.config().get("kafka.bootstrap.servers"));
    }
}
