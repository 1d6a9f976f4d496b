package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Expectation;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Traces: an event keeps that of the append which brought it first.
abstract class TraceContract extends AppendContract {

    @Test
    void events_keep_the_trace_of_the_append_that_brought_them() {
        var ada = someone();
        var store = open(ada).id();
        var first = trace(1);
        var second = trace(2);

        await(log().append(
                        ada,
                        new Append(store, new Expectation.AtHead(Sequence.ZERO), events("a", "b")).tracedBy(first)));
        // With "b" known already, and with nothing known.
        await(log().append(ada, new Append(store, Expectation.any(), events("b", "c")).tracedBy(second)));
        await(log().append(ada, new Append(store, Expectation.any(), events("d", "e")).tracedBy(second)));
        appended(ada, store, events("f"));

        assertThat(all(ada, store).stream().map(Event::trace))
                .containsExactly(first, first, second, second, second, Optional.empty());
    }

    @Test
    void appends_that_come_together_keep_their_traces_apart() {
        var ada = someone();
        var store = open(ada).id();

        await(Uni.join()
                .all(IntStream.range(0, 20)
                        .mapToObj(i -> log().append(
                                        ada,
                                        new Append(store, Expectation.any(), events("a" + i, "b" + i))
                                                .tracedBy(i % 4 == 0 ? Optional.empty() : trace(i))))
                        .toList())
                .andFailFast());

        assertThat(all(ada, store)).hasSize(40).allSatisfy(event -> {
            int i = Integer.parseInt(event.id().value().substring(1));
            assertThat(event.trace()).isEqualTo(i % 4 == 0 ? Optional.empty() : trace(i));
        });
    }

    private static Optional<Trace> trace(int number) {
        return Trace.of("%032x".formatted(number), "%016x".formatted(number), number % 2 == 0);
    }
}
