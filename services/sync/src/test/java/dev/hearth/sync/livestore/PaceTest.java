package dev.hearth.sync.livestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final AtomicInteger asked = new AtomicInteger();
    private final Pace pace = new Pace(VERTX, Duration.ofHours(1), asked::incrementAndGet);

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    @Test
    void what_is_known_to_follow_does_not_wait() {
        pace.sent();
        pace.written(true);

        assertThat(asked).hasValue(1);
    }

    @Test
    void the_end_of_what_is_known_waits_until_all_is_acknowledged() {
        pace.sent();
        pace.written(true);
        pace.sent();
        pace.written(false);
        pace.acknowledged();
        assertThat(asked).hasValue(1);

        pace.acknowledged();
        assertThat(asked).hasValue(2);
    }

    @Test
    void an_acknowledgement_may_come_before_the_socket_says_that_it_is_done() {
        pace.sent();
        pace.acknowledged();
        pace.written(false);

        assertThat(asked).hasValue(1);
    }

    @Test
    void one_acknowledgement_too_many_opens_nothing() {
        pace.acknowledged();
        pace.sent();
        pace.written(false);

        assertThat(asked).hasValue(0);
    }

    @Test
    void a_client_that_acknowledges_nothing_gets_on_slowly() {
        var slow = new Pace(VERTX, Duration.ofMillis(1), asked::incrementAndGet);
        slow.sent();
        slow.written(false);

        await().untilAtomic(asked, org.hamcrest.Matchers.is(1));
    }

    @Test
    void a_pull_that_ended_asks_for_nothing() {
        pace.sent();
        pace.written(false);
        pace.stop();
        pace.acknowledged();

        assertThat(asked).hasValue(0);
    }
}
