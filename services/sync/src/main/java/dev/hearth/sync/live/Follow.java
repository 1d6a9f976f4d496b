package dev.hearth.sync.live;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import java.util.Optional;

/// A wish to follow a store after a cursor, in pages of at most `limit` events. With a generation, an older cursor than
/// the store's history is told so; without one it is taken to belong to the current.
public record Follow(Caller caller, StoreId store, Optional<Generation> generation, Sequence after, int limit) {}
