package dev.hearth.projection.consume;

import static dev.hearth.projection.Writer.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.contracts.Topics;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.eventlog.Store;
import dev.hearth.projection.TestLog;
import dev.hearth.projection.Writer;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The rules of a consumer, with real Kafka and Postgres.
final class ConsumerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// One for all tests: they share the topic, and a message of a store that nobody knows is a dead letter.
    private static final TestLog LOG = new TestLog();

    private final Writer ada = Writer.someone(LOG);
    private Frame frame;

    @BeforeAll
    static void start() throws Exception {
        Frame.migrate();
        try (var admin = Admin.create(Map.of("bootstrap.servers", Frame.kafka()))) {
            admin.createTopics(List.of(new NewTopic(Topics.LOG, 3, (short) 1)))
                    .all()
                    .get();
        } catch (java.util.concurrent.ExecutionException failure) {
            assertThat(failure).hasCauseInstanceOf(TopicExistsException.class);
        }
    }

    @BeforeEach
    void a_view_is_live() {
        frame = new Frame(LOG);
        frame.rebuild(frame.view()).round();
    }

    @AfterEach
    void close() {
        LOG.comeBack();
        frame.close();
    }

    @Test
    void what_kafka_brings_is_folded_once_however_often_it_comes() {
        var store = ada.open("a");
        var events = ada.append(store.id(), "s", "1", "2", "3");
        frame.consume(frame.view());

        frame.publish(events);
        frame.publish(events);
        frame.publish(ada.append(store.id(), "s", "4"));

        shows(store, Map.of("s", "v1 1 2 3 4"));
    }

    @Test
    void a_hole_is_read_from_the_log() {
        var store = ada.open("a");
        frame.consume(frame.view());
        frame.publish(ada.append(store.id(), "s", "1", "2"));
        ada.append(store.id(), "t", "lost", "lost too");

        frame.publish(ada.append(store.id(), "s", "3"));

        shows(store, Map.of("s", "v1 1 2 3", "t", "v1 lost lost too"));
    }

    @Test
    void a_newer_generation_voids_what_was_before() {
        var store = ada.open("a");
        frame.consume(frame.view());
        var old = ada.append(store.id(), "s", "old");
        frame.publish(old);
        shows(store, Map.of("s", "v1 old"));

        ada.reset(store.id());
        frame.publish(ada.append(store.id(), "t", "new"));
        frame.publish(old);
        frame.publish(ada.append(store.id(), "t", "newer"));

        shows(store, Map.of("t", "v1 new newer"));
    }

    @Test
    void an_event_by_reference_is_read_from_the_log() {
        var store = ada.open("a");
        frame.consume(frame.view());
        var large = "x".repeat(950_000);

        frame.publish(ada.append(store.id(), "s", "1", large, "2"));

        shows(store, Map.of("s", "v1 1 " + large + " 2"));
    }

    @Test
    void while_the_log_is_away_its_partition_waits_and_then_goes_on() {
        var store = ada.open("a");
        var consumer = frame.consume(frame.view());
        var events = ada.append(store.id(), "s", "1", "2");
        LOG.leave();

        frame.publish(events);
        await().atMost(PATIENCE).until(() -> consumer.stalled() > 0);
        assertThat(frame.rows(ada.caller(), store)).isEmpty();
        LOG.comeBack();

        shows(store, Map.of("s", "v1 1 2"));
        await().atMost(PATIENCE).until(() -> consumer.stalled() == 0 && consumer.behind() == 0);
    }

    @Test
    void while_postgres_takes_nobody_in_its_partition_waits_and_then_goes_on() throws SQLException {
        var store = ada.open("a");
        var consumer = frame.consume(frame.view());
        frame.publish(ada.append(store.id(), "s", "1"));
        shows(store, Map.of("s", "v1 1"));

        superuser("alter role projection nologin");
        try {
            superuser("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'projection'");
            frame.publish(ada.append(store.id(), "s", "2"));
            await().atMost(PATIENCE).until(() -> consumer.stalled() > 0);
        } finally {
            superuser("alter role projection login");
        }

        shows(store, Map.of("s", "v1 1 2"));
    }

    @Test
    void what_cannot_be_folded_is_parked_with_what_follows_in_its_stream_until_it_is_redriven() throws Exception {
        var store = ada.open("a");
        frame.consume(frame.view());

        frame.publish(ada.append(store.id(), "bad", "1", Noted.POISON, "2"));
        frame.publish(ada.append(store.id(), "good", "3"));
        frame.publish(ada.append(store.id(), "bad", "4"));

        shows(store, Map.of("bad", "v1 1", "good", "v1 3"));
        await().atMost(PATIENCE).until(() -> parked(store) == 3);
        assertThat(frame.sendLetters()).isPositive();
        assertThat(frame.sendLetters()).isZero();
        var letters = letters(store);
        assertThat(letters.stream().map(ConsumerIT::text)).containsExactly(Noted.POISON, "2", "4");
        assertThat(header(letters.getFirst(), DeadLetters.REASON)).startsWith("IllegalArgumentException at ");
        assertThat(header(letters.getLast(), DeadLetters.REASON)).startsWith("follows");

        var mended = frame.projection(frame.view().mend());
        assertThat(now(mended.refold().redrive(StoreFacts.of(store)))).isZero();

        shows(store, Map.of("bad", "v1 1 poison 2 4", "good", "v1 3"));
        assertThat(parked(store)).isZero();
    }

    @Test
    void rows_that_postgres_refuses_are_parked_like_events_that_cannot_be_folded() {
        var store = ada.open("a");
        frame.consume(frame.view());

        frame.publish(ada.append(store.id(), "bad", "1", "nul \0", "2"));
        frame.publish(ada.append(store.id(), "good", "3"));

        shows(store, Map.of("bad", "v1 1", "good", "v1 3"));
        assertThat(parked(store)).isEqualTo(2);
    }

    @Test
    void a_message_that_is_no_event_is_a_dead_letter_and_holds_nobody_up() {
        var store = ada.open("a");
        Map<String, Object> settings = Map.of("bootstrap.servers", Frame.kafka());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.LOG, store.id().toString(), new byte[] {1}));
        }
        frame.consume(frame.view());

        frame.publish(ada.append(store.id(), "s", "1"));

        shows(store, Map.of("s", "v1 1"));
        assertThat(letters(store))
                .anySatisfy(
                        letter -> assertThat(header(letter, DeadLetters.REASON)).isEqualTo("not an event"));
    }

    /// Whether it was known before or not: else its payload would be kept where nobody takes it away.
    @Test
    void what_still_comes_of_a_closed_store_is_kept_nowhere_and_holds_nobody_up() {
        var bob = Writer.someone(LOG);
        var known = bob.open("known");
        var heard = bob.append(known.id(), "s", "1", "2");
        frame.consume(frame.view());
        frame.publish(heard.subList(0, 1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(frame.rows(bob.caller(), known)).isNotEmpty());
        var late = bob.append(known.id(), "s", "3", "4");
        var unheardOf = bob.open("unheard of");
        var never = bob.append(unheardOf.id(), "s", "1", "2");

        LOG.erase(bob.caller().user());
        frame.publish(late.subList(1, 2));
        frame.publish(never);
        var elsewhere = Writer.someone(new TestLog());
        var unknown = elsewhere.open("unknown");
        frame.publish(elsewhere.append(unknown.id(), "s", "1"));
        // In all partitions.
        var others = IntStream.range(0, 20).mapToObj(i -> ada.open("s" + i)).toList();
        others.forEach(store -> frame.publish(ada.append(store.id(), "s", "1")));

        others.forEach(store -> shows(store, Map.of("s", "v1 1")));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(letters(unknown)).as("the log never knew it").hasSize(1));
        assertThat(letters(known)).isEmpty();
        assertThat(letters(unheardOf)).isEmpty();
    }

    @Test
    void two_processes_share_the_work_and_one_goes_on_when_the_other_ends() {
        var stores = IntStream.range(0, 8).mapToObj(i -> ada.open("s" + i)).toList();
        var expected = new StringBuilder("v1");
        var first = frame.consume(frame.view());
        var second = frame.consume(frame.view());
        await().atMost(PATIENCE).until(() -> first.partitions() > 0 && second.partitions() > 0);
        for (int round = 0; round < 30; round++) {
            if (round == 15) {
                first.close();
            }
            for (Store store : stores) {
                frame.publish(ada.append(store.id(), "s", "e" + round));
            }
            expected.append(" e").append(round);
        }

        for (Store store : stores) {
            shows(store, Map.of("s", expected.toString()));
        }
    }

    private void shows(Store store, Map<String, String> rows) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(frame.rows(ada.caller(), store)).isEqualTo(rows));
    }

    /// The view reads what other tests have published too.
    private long parked(Store store) {
        return now(frame.projection().parked().counts(100)).stream()
                .filter(count -> count.store().equals(store.id()))
                .mapToLong(count -> count.events())
                .sum();
    }

    /// This test's view's.
    private List<ConsumerRecord<String, byte[]>> letters(Store store) {
        var letters = new ArrayList<ConsumerRecord<String, byte[]>>();
        Map<String, Object> settings = Map.of("bootstrap.servers", Frame.kafka());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(Topics.PROJECTION_DEAD_LETTER, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
            }
        }
        return letters.stream()
                .filter(letter -> header(letter, DeadLetters.VIEW).equals(frame.name.value()))
                .filter(letter -> letter.key().equals(store.id().toString()))
                .collect(Collectors.toList());
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static String text(ConsumerRecord<String, byte[]> letter) {
        return new String(letter.value(), StandardCharsets.UTF_8);
    }

    private static void superuser(String sql) throws SQLException {
        try (var connection = TestPostgres.address().connect(PostgresRoles.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
