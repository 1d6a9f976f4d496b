package dev.hearth.eventlog.http;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.StoreName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The bodies of the operations whose arguments are no record of the port.
public interface LogRequest {
    record ById(StoreId id) implements LogRequest {}

    record Naming(StoreName name, StoreId store) implements LogRequest {}

    record Listing(Optional<StoreId> after, int limit) implements LogRequest {}

    record Reset(StoreId id, Generation current) implements LogRequest {}

    record Fence(UUID vault, long epoch) implements LogRequest {}

    record Owner(Principal owner) implements LogRequest {}

    record Everything() implements LogRequest {}

    record Stores(List<StoreId> stores) implements LogRequest {}
}
