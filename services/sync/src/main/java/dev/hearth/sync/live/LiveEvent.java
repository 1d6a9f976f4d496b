package dev.hearth.sync.live;

import dev.hearth.eventlog.Event;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// An event on its way to many followers, encoded once for all that want it in the same form.
public final class LiveEvent {
    private final Event event;
    private final Map<EventForm, byte[]> encoded = new ConcurrentHashMap<>(2);

    public LiveEvent(Event event) {
        this.event = event;
    }

    public Event event() {
        return event;
    }

    /// The event in that form. Shared: whoever gets the bytes leaves them as they are.
    public byte[] in(EventForm form) {
        return encoded.computeIfAbsent(form, wanted -> wanted.encode(event));
    }
}
