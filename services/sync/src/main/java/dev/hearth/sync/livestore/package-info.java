/// The face that LiveStore apps (`@livestore/sync-cf` 0.4.0) connect to by changing their URL. Effect RPC in plain
/// JSON,
/// over HTTP and over WebSocket. The wire is described in `docs/faces/livestore.md`.
@NullMarked
package dev.hearth.sync.livestore;

import org.jspecify.annotations.NullMarked;
