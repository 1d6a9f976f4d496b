package dev.hearth.contracts;

/// An event's number in its store: gapless, the first is 1; 0 is the head of an empty store.
public record Sequence(long value) implements Comparable<Sequence> {
    public static final Sequence ZERO = new Sequence(0);

    public Sequence {
        if (value < 0) {
            throw new IllegalArgumentException("not a sequence: " + value);
        }
    }

    @Override
    public int compareTo(Sequence other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
