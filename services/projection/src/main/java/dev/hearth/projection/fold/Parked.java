package dev.hearth.projection.fold;

import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Event;
import java.util.Optional;

/// An event that was not folded, and why: it cannot be, or an earlier one of its stream could not. `trace` is that of
/// the request that appended it.
public record Parked(
        Checkpoint at, StreamId stream, Revision revision, EventId event, String reason, Optional<Trace> trace) {
    public static final String FOLLOWS = "follows a parked event of its stream";
    private static final int MAX_REASON = 300;

    /// Whether an earlier event of its stream stands in the way, and nothing else that is known.
    public boolean follows() {
        return reason.equals(FOLLOWS);
    }

    static Parked because(Event event, Throwable failure) {
        // The kind of failure, never its message: that may hold what the payload says.
        var where = failure.getStackTrace().length == 0 ? "" : " at " + failure.getStackTrace()[0];
        return of(event, failure.getClass().getSimpleName() + where);
    }

    static Parked of(Event event, String reason) {
        return new Parked(
                Checkpoint.at(event),
                event.stream(),
                event.revision(),
                event.id(),
                reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason,
                event.trace());
    }
}
