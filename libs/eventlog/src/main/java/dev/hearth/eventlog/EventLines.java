package dev.hearth.eventlog;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.problems.Traces;
import java.util.Optional;
import org.jboss.logging.Logger;

/// A line for each step of an event's way through the services, with the event's trace. Nobody hears them who does not
/// set the category `events` to `TRACE`.
public final class EventLines {
    private static final Logger LOG = Logger.getLogger("events");

    private EventLines() {}

    /// Whether anybody does.
    public static boolean areHeard() {
        return LOG.isTraceEnabled();
    }

    /// What has become of an append's events; nothing, when they were refused.
    public static void say(String step, String by, Append append, AppendResult result) {
        if (areHeard() && result instanceof Appended appended) {
            for (var event : appended.assigned()) {
                say(step, by, append.trace(), append.store(), appended.generation(), event.sequence());
            }
        }
    }

    public static void say(String step, String by, Event event) {
        if (areHeard()) {
            say(step, by, event.trace(), event.store(), event.generation(), event.sequence());
        }
    }

    private static void say(
            String step, String by, Optional<Trace> trace, StoreId store, Generation generation, Sequence sequence) {
        Traces.say(
                trace,
                () -> LOG.tracef(
                        "event %s: by=%s store=%s generation=%s sequence=%s", step, by, store, generation, sequence));
    }
}
