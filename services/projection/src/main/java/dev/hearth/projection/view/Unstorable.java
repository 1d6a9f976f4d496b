package dev.hearth.projection.view;

/// Rows that the database refuses for what they hold: it would refuse them again.
public final class Unstorable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unstorable(Throwable refusal) {
        super(refusal);
    }
}
