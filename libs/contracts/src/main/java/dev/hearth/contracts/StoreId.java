package dev.hearth.contracts;

import java.util.UUID;

/// Names a store: one person's or household's log for one app.
public record StoreId(UUID value) {
    public static StoreId parse(String text) {
        return new StoreId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
