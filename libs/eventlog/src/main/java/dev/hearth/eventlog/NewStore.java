package dev.hearth.eventlog;

import dev.hearth.contracts.Principal;

/// A store to be found or created. `owner` is one of the caller's principals; `isPrivate` says that payloads are
/// ciphertext and obey the vault's lock.
public record NewStore(Principal owner, StoreName name, String kind, boolean isPrivate) {}
