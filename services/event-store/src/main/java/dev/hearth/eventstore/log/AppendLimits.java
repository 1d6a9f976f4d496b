package dev.hearth.eventstore.log;

import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult.OverLimit;
import dev.hearth.eventlog.AppendResult.OverLimit.Limit;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventstore.EventStoreConfig;
import java.util.Optional;

/// What one append may carry.
record AppendLimits(int events, int eventBytes, int appendBytes) {
    AppendLimits(EventStoreConfig config) {
        this(config.maxEventsPerAppend(), config.maxEventBytes(), config.maxAppendBytes());
    }

    Optional<OverLimit> check(Append append) {
        if (append.events().size() > events) {
            return over(Limit.EVENTS_PER_APPEND, events, append.events().size());
        }
        long together = 0;
        for (NewEvent event : append.events()) {
            if (event.payload().size() > eventBytes) {
                return over(Limit.EVENT_BYTES, eventBytes, event.payload().size());
            }
            together += event.payload().size();
        }
        return together > appendBytes ? over(Limit.APPEND_BYTES, appendBytes, together) : Optional.empty();
    }

    private static Optional<OverLimit> over(Limit limit, long allowed, long actual) {
        return Optional.of(new OverLimit(limit, allowed, actual));
    }
}
