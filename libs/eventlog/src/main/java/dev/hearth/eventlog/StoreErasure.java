package dev.hearth.eventlog;

import dev.hearth.contracts.Principal;
import io.smallrye.mutiny.Uni;

/// Takes away what somebody had in the log, when their account is deleted. Service auth alone may ask for it.
public interface StoreErasure {

    /// One step of it: closes all stores of this owner, forgets the names they gave, and blanks some of the events.
    /// True when nothing is left to do. A closed store looks as missing to everybody, for good; its hashes and
    /// numbers stay.
    Uni<Boolean> erase(Principal owner);
}
