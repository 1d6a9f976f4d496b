package dev.hearth.contracts;

import java.util.Optional;
import java.util.Set;

/// What a credential lets its caller do with the stores that they reach; `stores` absent means all of them. A person
/// who signed in has all rights, an API token those it was made with.
public record Rights(boolean read, boolean write, Optional<Set<StoreId>> stores) {
    public static final Rights ALL = new Rights(true, true, Optional.empty());

    public Rights {
        stores = stores.map(Set::copyOf);
    }

    public boolean mayRead(StoreId store) {
        return read && reaches(store);
    }

    public boolean mayWrite(StoreId store) {
        return write && reaches(store);
    }

    /// Whether a new store may be made: it could not be on a list.
    public boolean mayOpen() {
        return write && stores.isEmpty();
    }

    private boolean reaches(StoreId store) {
        return stores.map(some -> some.contains(store)).orElse(true);
    }
}
