package dev.hearth.sync.live;

import dev.hearth.eventlog.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The newest events of a store without a hole: those after `start` up to `end`. Bounded in events and bytes; never
/// smaller than one event.
final class Ring {
    private final int maxEvents;
    private final int maxBytes;
    private final Deque<LiveEvent> events = new ArrayDeque<>();
    private long start;
    private long end;
    private long bytes;

    Ring(int maxEvents, int maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    void restart(long after) {
        events.clear();
        bytes = 0;
        start = after;
        end = after;
    }

    /// Takes in what follows the end; what is here already is left out. The events have no hole among them.
    void add(List<Event> page) {
        for (var event : page) {
            if (event.sequence().value() == end + 1) {
                events.addLast(new LiveEvent(event));
                bytes += event.payload().size();
                end++;
            }
        }
        while (events.size() > maxEvents || (bytes > maxBytes && events.size() > 1)) {
            bytes -= events.removeFirst().event().payload().size();
            start++;
        }
    }

    /// The events after a cursor that is not before `start`: at most so many, and so many bytes but for the first.
    List<LiveEvent> after(long cursor, int limit, long maxPageBytes) {
        var page = new ArrayList<LiveEvent>();
        long size = 0;
        // From the end: followers are near it.
        var newest = events.descendingIterator();
        var wanted = new ArrayDeque<LiveEvent>();
        for (long left = end - cursor; left > 0; left--) {
            wanted.addFirst(newest.next());
        }
        for (var event : wanted) {
            size += event.event().payload().size();
            if (page.size() == limit || (!page.isEmpty() && size > maxPageBytes)) {
                break;
            }
            page.add(event);
        }
        return page;
    }
}
