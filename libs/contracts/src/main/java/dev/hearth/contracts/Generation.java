package dev.hearth.contracts;

/// A store's epoch, from 1. It grows when history is replaced.
public record Generation(long value) implements Comparable<Generation> {
    public static final Generation FIRST = new Generation(1);

    public Generation {
        if (value < 1) {
            throw new IllegalArgumentException("not a generation: " + value);
        }
    }

    @Override
    public int compareTo(Generation other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
