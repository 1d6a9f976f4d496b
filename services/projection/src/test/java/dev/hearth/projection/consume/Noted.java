package dev.hearth.projection.consume;

import dev.hearth.eventlog.Event;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import dev.hearth.projection.fold.ViewName;
import java.nio.charset.StandardCharsets;

/// A view of streams that writes down what it was told; `poison` it cannot fold, until it is mended.
record Noted(ViewName name, int version, boolean mended) implements View<String> {
    static final String POISON = "poison";

    Noted mend() {
        return new Noted(name, version, true);
    }

    Noted newer() {
        return new Noted(name, version + 1, mended);
    }

    @Override
    public Unit unit() {
        return Unit.STREAM;
    }

    @Override
    public String start(StoreFacts store) {
        return "v" + version;
    }

    @Override
    public String fold(String row, Event event) {
        var text = new String(event.payload().bytes(), StandardCharsets.UTF_8);
        if (!mended && text.equals(POISON)) {
            throw new IllegalArgumentException(text);
        }
        return row + " " + text;
    }
}
