package dev.hearth.sync.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.StoreName;
import dev.hearth.sync.TestConfig;
import dev.hearth.sync.live.NotFollowed.Reason;
import dev.hearth.testkit.InMemoryEventLog;
import dev.hearth.testkit.TestEvents;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LiveTest {
    private static final Vertx VERTX = Vertx.vertx();
    // Long enough that nothing is found by polling, unless a test shortens it.
    private static final Map<String, String> NO_POLLING = Map.of("sync.live.poll-interval", "1h");

    private final WatchedLog log = new WatchedLog(new InMemoryEventLog());
    private final Caller ada = Caller.of(Principal.user(UUID.randomUUID()));
    private final StoreId store = open(ada);
    private final List<Live> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Live::stop);
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void a_follower_gets_what_is_stored_and_then_what_comes() {
        var live = live(NO_POLLING);
        append(3);

        var client = follow(live, 1);
        assertThat(client.sequences()).containsExactly(2L, 3L);
        append(2);
        live.moved(head(5));

        assertThat(client.sequences()).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void all_are_let_go_when_the_process_ends_and_nobody_is_taken_in() {
        var live = live(NO_POLLING);
        append(1);
        var waiting = follow(live, 1);
        var slow = Client.patient();
        live.follow(new Follow(ada, store, Optional.empty(), Sequence.ZERO, 100))
                .subscribe()
                .withSubscriber(slow);

        live.letGo();

        assertThat(List.of(reason(waiting), reason(slow), reason(follow(live, 0))))
                .containsOnly(new Reason.Stopping());
        assertThat(live.followers()).isZero();
    }

    @Test
    void the_first_item_is_an_empty_page_where_there_is_nothing_yet() {
        var client = follow(live(NO_POLLING), 0);

        assertThat(client.items()).containsExactly(new LiveItem.Events(Generation.FIRST, List.of(), Sequence.ZERO));
    }

    @Test
    void nothing_is_given_before_it_is_asked_for() {
        var live = live(NO_POLLING);
        append(3);
        var client = Client.patient();
        live.follow(wish(ada, 0, 1)).subscribe(client);

        assertThat(client.items()).isEmpty();
        client.take(2);
        assertThat(client.sequences()).containsExactly(1L, 2L);
        client.take(5);
        assertThat(client.sequences()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void while_a_client_takes_a_page_the_next_one_and_no_more_is_read() {
        var live = live(NO_POLLING);
        append(3);
        var client = Client.patient();
        live.follow(wish(ada, 0, 1)).subscribe(client);

        client.take(1);

        assertThat(client.sequences()).containsExactly(1L);
        assertThat(log.reads.get()).isEqualTo(2);
    }

    @Test
    void one_read_serves_all_who_wait_at_the_end() {
        var live = live(NO_POLLING);
        append(2);
        var clients = IntStream.range(0, 200).mapToObj(_ -> follow(live, 2)).toList();
        int before = log.reads.get();

        append(3);
        live.moved(head(5));

        assertThat(clients).allSatisfy(client -> assertThat(client.sequences()).containsExactly(3L, 4L, 5L));
        assertThat(log.reads.get() - before).isEqualTo(1);
    }

    @Test
    void an_event_is_encoded_once_for_all_who_want_it_in_one_form() {
        var live = live(NO_POLLING);
        var clients = IntStream.range(0, 50).mapToObj(_ -> follow(live, 0)).toList();
        append(1);
        live.moved(head(1));
        var encodings = new AtomicInteger();
        EventForm form = event -> {
            encodings.incrementAndGet();
            return event.payload().bytes();
        };

        clients.forEach(
                client -> ((LiveItem.Events) client.items().getLast()).events().forEach(event -> event.in(form)));

        assertThat(encodings).hasValue(1);
    }

    @Test
    void without_wake_ups_the_poll_of_heads_finds_what_is_new() {
        var live = live(Map.of("sync.live.poll-interval", "20ms"));
        var client = follow(live, 0);
        var another = follow(live, 0);

        append(3);

        await().untilAsserted(() -> assertThat(client.sequences()).containsExactly(1L, 2L, 3L));
        await().untilAsserted(() -> assertThat(another.sequences()).containsExactly(1L, 2L, 3L));
    }

    @Test
    void a_wake_up_that_says_too_much_is_checked_once_and_forgotten() {
        var live = live(NO_POLLING);
        var client = follow(live, 0);
        int before = log.reads.get();

        live.moved(head(1_000));

        assertThat(log.reads.get() - before).isEqualTo(1);
        assertThat(client.sequences()).isEmpty();
        append(1);
        live.moved(head(1));
        assertThat(client.sequences()).containsExactly(1L);
    }

    @Test
    void a_follower_far_behind_the_tail_reads_for_itself_and_catches_up() {
        var live = live(with(NO_POLLING, "sync.live.tail-events", "4"));
        append(50);
        var near = follow(live, 50);

        var far = follow(live, 0, 3);
        append(20);
        live.moved(head(70));

        assertThat(far.sequences()).isEqualTo(numbers(1, 70));
        assertThat(near.sequences()).isEqualTo(numbers(51, 70));
    }

    @Test
    void a_client_that_takes_nothing_is_cut_off_and_goes_on_from_its_cursor() {
        var live = live(Map.of("sync.live.poll-interval", "20ms", "sync.live.stalled-after", "100ms"));
        var slow = Client.patient();
        live.follow(wish(ada, 0, 100)).subscribe(slow);
        slow.take(1);
        append(3);
        slow.take(1);
        await().untilAsserted(() -> assertThat(slow.sequences()).containsExactly(1L, 2L, 3L));
        append(4);

        await().untilAsserted(() -> assertThat(reason(slow)).isEqualTo(new Reason.TooSlow()));
        assertThat(live.followers()).isZero();

        assertThat(follow(live, 3).sequences()).isEqualTo(numbers(4, 7));
    }

    @Test
    void a_quiet_client_is_not_cut_off() {
        var live = live(Map.of("sync.live.poll-interval", "10ms", "sync.live.stalled-after", "20ms"));
        var patient = Client.patient();
        live.follow(wish(ada, 0, 100)).subscribe(patient);
        patient.take(1);

        int polls = log.polls.get();
        await().until(() -> log.polls.get() > polls + 10);

        assertThat(patient.failure()).isNull();
    }

    @Test
    void a_client_that_was_quiet_for_long_has_time_to_take_what_comes() {
        var live = live(Map.of("sync.live.poll-interval", "10ms", "sync.live.stalled-after", "1h"));
        var patient = Client.patient();
        live.follow(wish(ada, 0, 100)).subscribe(patient);
        patient.take(1);
        append(1);

        int polls = log.polls.get();
        await().until(() -> log.polls.get() > polls + 3);
        patient.take(1);

        await().untilAsserted(() -> assertThat(patient.sequences()).containsExactly(1L));
    }

    @Test
    void who_follows_a_replaced_history_is_told_and_it_ends() {
        var live = live(NO_POLLING);
        append(3);
        var waiting = follow(live, 3);
        log.reset(ada, store, Generation.FIRST).await().indefinitely();

        live.moved(new Head(store, new Generation(2), Sequence.ZERO));
        var late = Client.eager();
        live.follow(new Follow(ada, store, Optional.of(Generation.FIRST), new Sequence(3), 10))
                .subscribe(late);

        assertThat(waiting.items()).last().isEqualTo(new LiveItem.Replaced(new Generation(2)));
        assertThat(waiting.completed()).isTrue();
        assertThat(late.items()).containsExactly(new LiveItem.Replaced(new Generation(2)));
        assertThat(live.followers()).isZero();
    }

    @Test
    void a_new_generation_is_followed_from_its_start() {
        var live = live(NO_POLLING);
        append(3);
        follow(live, 3);
        log.reset(ada, store, Generation.FIRST).await().indefinitely();
        live.moved(new Head(store, new Generation(2), Sequence.ZERO));

        var fresh = follow(live, 0);
        append(2);
        live.moved(new Head(store, new Generation(2), new Sequence(2)));

        assertThat(fresh.sequences()).containsExactly(1L, 2L);
    }

    @Test
    void anothers_store_and_one_that_does_not_exist_are_not_followed() {
        var live = live(NO_POLLING);
        var bob = Client.eager();
        live.follow(wish(Caller.of(Principal.user(UUID.randomUUID())), 0, 10)).subscribe(bob);
        var nowhere = Client.eager();
        live.follow(new Follow(ada, new StoreId(UUID.randomUUID()), Optional.empty(), Sequence.ZERO, 10))
                .subscribe(nowhere);

        assertThat(reason(bob)).isEqualTo(new Reason.UnknownStore());
        assertThat(reason(nowhere)).isEqualTo(new Reason.UnknownStore());
    }

    @Test
    void a_cursor_beyond_the_head_is_refused() {
        append(2);

        assertThat(reason(follow(live(NO_POLLING), 3))).isEqualTo(new Reason.BeyondHead(new Sequence(2)));
    }

    @Test
    void as_many_follow_as_allowed_and_not_one_more() {
        var live = live(with(NO_POLLING, "sync.live.max-followers", "2"));
        var first = follow(live, 0);
        follow(live, 0);

        assertThat(reason(follow(live, 0))).isEqualTo(new Reason.TooMany(false, 2));
        first.leave();
        assertThat(follow(live, 0).failure()).isNull();
    }

    @Test
    void one_user_follows_as_often_as_allowed_and_not_once_more() {
        var live = live(with(NO_POLLING, "sync.live.max-followers-per-user", "1"));
        follow(live, 0);
        var bob = Caller.of(Principal.user(UUID.randomUUID()));
        var bobs = Client.eager();
        live.follow(new Follow(bob, open(bob), Optional.empty(), Sequence.ZERO, 10))
                .subscribe(bobs);

        assertThat(reason(follow(live, 0))).isEqualTo(new Reason.TooMany(true, 1));
        assertThat(bobs.failure()).isNull();
    }

    @Test
    void a_log_that_is_away_at_first_is_said_so() {
        log.away = true;

        assertThat(follow(live(NO_POLLING), 0).failure()).isInstanceOf(EventLogUnavailable.class);
    }

    @Test
    void a_log_that_goes_away_later_is_waited_for() {
        var live = live(Map.of("sync.live.poll-interval", "20ms", "sync.live.retry-after", "1ms"));
        var client = follow(live, 0);
        append(2);
        log.away = true;
        live.moved(head(2));
        int reads = log.reads.get();
        await().until(() -> log.reads.get() > reads + 2);

        log.away = false;

        await().untilAsserted(() -> assertThat(client.sequences()).containsExactly(1L, 2L));
    }

    @Test
    void a_tail_that_nobody_follows_is_forgotten_after_a_while_and_not_polled() {
        var live = live(Map.of("sync.live.poll-interval", "10ms", "sync.live.keep-idle-tail", "1ms"));
        var client = follow(live, 0);
        await().until(() -> log.polls.get() > 0);

        client.leave();

        assertThat(live.followers()).isZero();
        await().until(() -> live.tails() == 0);
    }

    private Live live(Map<String, String> config) {
        var live = new Live(log, TestConfig.with(config).live(), VERTX);
        live.start();
        started.add(live);
        return live;
    }

    private Client follow(Live live, long after) {
        return follow(live, after, 100);
    }

    private Client follow(Live live, long after, int limit) {
        var client = Client.eager();
        live.follow(wish(ada, after, limit)).subscribe(client);
        return client;
    }

    private Follow wish(Caller caller, long after, int limit) {
        return new Follow(caller, store, Optional.empty(), new Sequence(after), limit);
    }

    private Head head(long sequence) {
        return new Head(store, Generation.FIRST, new Sequence(sequence));
    }

    private StoreId open(Caller caller) {
        var wish = new NewStore(caller.user(), new StoreName("native", "todo"), "app", false);
        return ((OpenResult.Opened) now(log.open(caller, wish))).store().id();
    }

    private void append(int count) {
        var events = IntStream.range(0, count).mapToObj(_ -> TestEvents.any()).toList();
        assertThat(now(log.append(ada, new Append(store, Expectation.any(), events))))
                .isInstanceOf(Appended.class);
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static Map<String, String> with(Map<String, String> config, String name, String value) {
        var more = new HashMap<>(config);
        more.put(name, value);
        return more;
    }

    private static Reason reason(Client client) {
        assertThat(client.failure()).isInstanceOf(NotFollowed.class);
        return ((NotFollowed) java.util.Objects.requireNonNull(client.failure())).reason();
    }
}
