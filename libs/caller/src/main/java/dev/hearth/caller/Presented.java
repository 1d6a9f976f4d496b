package dev.hearth.caller;

import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What a caller showed to be let in, kept with their identity for what stays open longer than a request. `again` asks
/// the port and fails as it would at the door; `isRemembered` says that nothing has changed since it was asked last.
record Presented(Object key, Known known, Supplier<Uni<Known>> again, BooleanSupplier isRemembered) {
    @Override
    public String toString() {
        return "Presented[hidden]";
    }
}
