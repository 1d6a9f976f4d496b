package dev.hearth.projection.fold;

/// Names a view, in tables, metrics and addresses: 1 to 40 small letters, digits and dashes.
public record ViewName(String value) {
    public ViewName {
        if (!value.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException("not a view's name: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
