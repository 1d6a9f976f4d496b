package dev.hearth.contracts;

/// Names the events of one thing inside a store; 1 to 200 characters.
public record StreamId(String value) {
    public static final int MAX_LENGTH = 200;

    public StreamId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a stream's name has 1 to " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
