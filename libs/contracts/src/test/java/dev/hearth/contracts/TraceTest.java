package dev.hearth.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of W3C's Trace Context about `traceparent`.
class TraceTest {
    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00, false",
        // Flags that we do not know do not stand in the way.
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03, true",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-fe, false",
        // Of later versions the part that this one has.
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-is-like, true",
        "fe-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-, false",
    })
    void a_trace_is_read(String traceparent, boolean sampled) {
        assertThat(Trace.parse(traceparent)).contains(new Trace(ID, PARENT, sampled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "traceparent",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e47361-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b71-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                "00-livestore-noop-trace-idcmwqabei0001auu7dc1vm259g-livestore-noop-span-id-00",
            })
    void what_breaks_a_rule_is_no_trace(String traceparent) {
        assertThat(Trace.parse(traceparent)).isEmpty();
    }

    @Test
    void a_trace_is_passed_on_in_our_version_with_no_flag_but_the_one_we_know() {
        var later = Trace.parse("cc-" + ID + "-" + PARENT + "-ff-more").orElseThrow();

        assertThat(later).hasToString("00-" + ID + "-" + PARENT + "-01");
        assertThat(Trace.parse(later.toString())).contains(later);
    }

    @Test
    void a_trace_that_begins_here_is_one_and_is_not_recorded() {
        var random = new Random(7);

        var first = Trace.begin(random);
        var second = Trace.begin(random);

        assertThat(Trace.parse(first.toString())).contains(first);
        assertThat(first.sampled()).isFalse();
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void parts_that_make_no_trace_are_refused() {
        assertThat(Trace.of("livestore-noop-trace-id", PARENT, true)).isEmpty();
        assertThat(Trace.of(ID, "0".repeat(16), true)).isEmpty();
        assertThatThrownBy(() -> new Trace("0".repeat(32), PARENT, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
