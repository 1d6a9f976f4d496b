package dev.hearth.contracts;

import java.util.UUID;

/// Who can own a store: a user or a household. Written `user:<uuid>` or `household:<uuid>`.
public record Principal(Kind kind, UUID id) {
    public enum Kind {
        USER,
        HOUSEHOLD
    }

    public static Principal user(UUID id) {
        return new Principal(Kind.USER, id);
    }

    public static Principal household(UUID id) {
        return new Principal(Kind.HOUSEHOLD, id);
    }

    public static Principal parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a principal is written kind:uuid");
        }
        var id = UUID.fromString(text.substring(colon + 1));
        return switch (text.substring(0, colon)) {
            case "user" -> user(id);
            case "household" -> household(id);
            default -> throw new IllegalArgumentException("a principal is a user or a household");
        };
    }

    @Override
    public String toString() {
        return (kind == Kind.USER ? "user:" : "household:") + id;
    }
}
