package dev.hearth.contracts;

/// An event's place in the whole log. Grows, may have gaps; never shown to clients.
public record Position(long value) implements Comparable<Position> {
    public Position {
        if (value < 0) {
            throw new IllegalArgumentException("not a position: " + value);
        }
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
