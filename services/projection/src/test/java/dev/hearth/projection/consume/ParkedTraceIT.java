package dev.hearth.projection.consume;

import static dev.hearth.projection.Writer.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Event;
import dev.hearth.messaging.LogMessage;
import dev.hearth.projection.TestLog;
import dev.hearth.projection.Writer;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.view.PostgresParked.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// By its trace, an operator finds the request behind a parked event.
final class ParkedTraceIT {
    private static final Trace FIRST = new Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    private static final Trace SECOND = new Trace("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", false);

    private final TestLog log = new TestLog();
    private final Writer ada = Writer.someone(log);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().startsWith("event parked")) {
                lines.add(MDC.get("traceId") + " " + line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Frame frame;

    @BeforeAll
    static void migrate() throws Exception {
        Frame.migrate();
    }

    @BeforeEach
    void a_view_is_live() {
        frame = new Frame(log);
        frame.rebuild(frame.view()).round();
        Logger.getLogger("dev.hearth.projection").addHandler(ear);
    }

    @AfterEach
    void close() {
        Logger.getLogger("dev.hearth.projection").removeHandler(ear);
        frame.close();
    }

    @Test
    void a_parked_event_is_told_of_with_its_trace_and_so_is_what_follows_it() {
        var store = ada.open("a");
        var facts = StoreFacts.of(store);
        List<Event> poison = ada.under(FIRST).append(store.id(), "bad", Noted.POISON);
        List<Event> follows = ada.under(SECOND).append(store.id(), "bad", "2");
        List<Event> untold = ada.append(store.id(), "bad", "3");
        var projection = frame.projection();

        now(projection
                .projector()
                .apply(Map.of(facts, List.of(poison.getFirst(), follows.getFirst(), untold.getFirst()))));

        assertThat(now(projection.parked().latest(Optional.empty(), 10)))
                .extracting(told -> told.at().sequence().value(), Told::trace)
                .containsExactlyInAnyOrder(
                        tuple(1L, Optional.of(FIRST.id())),
                        tuple(2L, Optional.of(SECOND.id())),
                        tuple(3L, Optional.empty()));
        assertThat(now(projection.parked().latest(Optional.of(SECOND.id()), 10)))
                .singleElement()
                .satisfies(told -> assertThat(told.reason()).startsWith("follows"));
        assertThat(now(projection.parked().latest(Optional.empty(), 2))).hasSize(2);
        assertThat(lines)
                .as("one line, for the one that cannot be folded")
                .singleElement()
                .asString()
                .startsWith(FIRST.id() + " event parked: view=" + frame.name + " build=1 store=" + store.id());
    }

    @Test
    void what_is_still_parked_after_a_redrive_keeps_its_trace() {
        var store = ada.open("a");
        var facts = StoreFacts.of(store);
        var projection = frame.projection();
        now(projection.projector().apply(Map.of(facts, ada.under(FIRST).append(store.id(), "bad", Noted.POISON))));

        assertThat(now(projection.refold().redrive(facts))).isEqualTo(1);

        assertThat(now(projection.parked().latest(Optional.of(FIRST.id()), 10))).hasSize(1);
        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith(FIRST.id() + " "));
    }

    @Test
    void the_dead_letter_carries_it() {
        var store = ada.open("a");
        var event = ada.under(FIRST).append(store.id(), "bad", Noted.POISON).getFirst();

        var letter = new DeadLetters(Frame.kafka(), frame.name, Frame.CONFIG.deadLetter())
                .letter(LogMessage.toRecord(event), "why");

        assertThat(letter.headers().lastHeader("ce_traceparent").value())
                .asString()
                .isEqualTo(FIRST.toString());
    }
}
