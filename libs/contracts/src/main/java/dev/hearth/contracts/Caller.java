package dev.hearth.contracts;

import java.util.Set;

/// The verified identity behind a request: who acts, and as which principals they may own and reach stores.
public record Caller(Principal user, Set<Principal> principals) {
    public Caller {
        if (!principals.contains(user)) {
            throw new IllegalArgumentException("a caller is one of their own principals");
        }
        principals = Set.copyOf(principals);
    }

    public static Caller of(Principal user) {
        return new Caller(user, Set.of(user));
    }
}
