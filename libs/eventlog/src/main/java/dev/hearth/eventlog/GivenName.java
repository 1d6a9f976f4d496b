package dev.hearth.eventlog;

import dev.hearth.contracts.StoreId;

/// What somebody calls a store that is not their own.
public record GivenName(StoreName name, StoreId store) {}
