package dev.hearth.projection.view;

import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLines;
import dev.hearth.problems.Traces;
import dev.hearth.projection.fold.Build;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Folded;
import dev.hearth.projection.fold.Parked;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.ViewName;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// What the log says of events that a view has taken or left out, each with the event's trace.
record FoldLines(ViewName view, StoreFacts store, Build build) {
    private static final Logger LOG = Logger.getLogger(FoldLines.class);

    /// Of these events, those that `result` has got to. Said after they were written: if the transaction fails
    /// nevertheless, they come again.
    void say(List<Event> events, Folded<?> result) {
        sayParked(result.parked());
        if (!EventLines.areHeard()) {
            return;
        }
        var parked = result.parked().stream().map(Parked::at).collect(Collectors.toSet());
        for (var event : events) {
            var at = Checkpoint.at(event);
            if (result.checkpoint().reaches(at)) {
                EventLines.say(parked.contains(at) ? "parked" : "folded", view.value(), event);
            }
        }
    }

    /// Those that follow a parked one may be many, and nobody can mend them.
    void sayParked(List<Parked> parked) {
        parked.stream()
                .filter(event -> !event.follows())
                .forEach(event -> Traces.say(
                        event.trace(),
                        () -> LOG.warnf(
                                "event parked: view=%s build=%d store=%s generation=%s sequence=%s reason=%s",
                                view,
                                build.number(),
                                store.id(),
                                event.at().generation(),
                                event.at().sequence(),
                                event.reason())));
    }
}
