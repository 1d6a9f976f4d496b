package dev.hearth.contracts;

/// The number a client chose for its event (LiveStore: `seqNum`); 0 is the root before the first.
public record Alias(long value) implements Comparable<Alias> {
    public static final Alias ROOT = new Alias(0);

    public Alias {
        if (value < 0) {
            throw new IllegalArgumentException("not a alias: " + value);
        }
    }

    @Override
    public int compareTo(Alias other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
