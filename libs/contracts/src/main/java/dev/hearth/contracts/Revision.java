package dev.hearth.contracts;

/// An event's number in its stream, from 1; 0 is a stream without events.
public record Revision(long value) implements Comparable<Revision> {
    public Revision {
        if (value < 0) {
            throw new IllegalArgumentException("not a revision: " + value);
        }
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
