package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// The port to who holds a session. Where nothing answers it, nobody is signed in by cookie: bearer tokens alone count.
public interface Sessions {

    /// The caller whose session this opaque cookie is; empty when it is unknown, ended or expired.
    Uni<Optional<Caller>> holderOf(String cookie);
}
