package dev.hearth.sync.live;

import dev.hearth.eventlog.Event;

/// How a face writes an event. Use one instance for all streams: it is the key under which encoded bytes are shared.
@FunctionalInterface
public interface EventForm {
    byte[] encode(Event event);
}
