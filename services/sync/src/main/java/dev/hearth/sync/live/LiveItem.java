package dev.hearth.sync.live;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import java.util.List;

/// What reaches a follower.
public sealed interface LiveItem {

    /// The next events, in order and without a hole. The first item of a follower is always a page, empty if there is
    /// nothing yet; `head` is where the store ended at least, `more` says that it goes on at once.
    record Events(Generation generation, List<LiveEvent> events, Sequence head) implements LiveItem {
        public Events {
            events = List.copyOf(events);
        }

        public boolean more() {
            return !events.isEmpty() && events.getLast().event().sequence().compareTo(head) < 0;
        }
    }

    /// The store's history was replaced: what the follower has is void. The last item.
    record Replaced(Generation generation) implements LiveItem {}
}
