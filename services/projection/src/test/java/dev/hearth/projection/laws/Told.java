package dev.hearth.projection.laws;

import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Event;
import dev.hearth.projection.fold.RowKey;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import dev.hearth.projection.fold.ViewName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A view that forgets nothing of what it was told, and in which order.
record Told(int version, Unit unit, boolean healed) implements View<String> {
    static final String POISON = "poison";
    static final String UNSTORABLE = "unstorable";
    private static final Set<String> REFUSED = Set.of(POISON, UNSTORABLE);

    @Override
    public ViewName name() {
        return new ViewName("told");
    }

    @Override
    public String start(StoreFacts store) {
        return "v" + version + " " + store.name().clientId();
    }

    @Override
    public String fold(String row, Event event) {
        if (!healed && text(event).equals(POISON)) {
            throw new IllegalArgumentException("cannot be folded");
        }
        // What was refused before is told loudly.
        var told = REFUSED.contains(text(event)) && healed ? text(event).toUpperCase(Locale.ROOT) : text(event);
        return row + " " + event.generation() + "/" + event.sequence() + told;
    }

    static String text(Event event) {
        return new String(event.payload().bytes(), StandardCharsets.UTF_8);
    }

    /// What stands in a build, by the simplest means: the measure of everything else.
    record Content(Map<RowKey, String> rows, Set<Long> parked) {}

    Content of(StoreFacts store, List<Event> events) {
        var rows = new HashMap<RowKey, String>();
        var parked = new HashSet<Long>();
        var streams = new HashSet<StreamId>();
        for (var event : events) {
            boolean refused = !healed && REFUSED.contains(text(event));
            if (refused || streams.contains(event.stream())) {
                streams.add(event.stream());
                parked.add(event.sequence().value());
            } else {
                var key = RowKey.of(unit, event.stream());
                rows.put(key, fold(rows.getOrDefault(key, start(store)), event));
            }
        }
        return new Content(rows, parked);
    }
}
