package dev.hearth.contracts;

/// Names an event within its store, chosen by the writer; 1 to 200 characters. The key of idempotent appends.
public record EventId(String value) {
    public static final int MAX_LENGTH = 200;

    public EventId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an event id has 1 to " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
