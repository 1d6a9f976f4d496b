package dev.hearth.contracts;

import java.util.Set;

/// The verified identity behind a request: who acts, as which principals they may own and reach stores, and what their
/// credential lets them do with these.
public record Caller(Principal user, Set<Principal> principals, Rights rights) {
    public Caller {
        if (!principals.contains(user)) {
            throw new IllegalArgumentException("a caller is one of their own principals");
        }
        principals = Set.copyOf(principals);
    }

    public Caller(Principal user, Set<Principal> principals) {
        this(user, principals, Rights.ALL);
    }

    public static Caller of(Principal user) {
        return new Caller(user, Set.of(user));
    }
}
