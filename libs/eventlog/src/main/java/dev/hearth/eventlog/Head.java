package dev.hearth.eventlog;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;

/// Where a store ends.
public record Head(StoreId store, Generation generation, Sequence head) {}
