package dev.hearth.caller;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// The port to who may call. Service auth answers it: directly in one program, over HTTP when apart. When it cannot
/// answer it fails with `SessionsUnavailable`, and nobody is let in.
public interface Sessions {

    /// Who holds this secret; empty when it is unknown, ended or expired, or its user's account is not in order.
    Uni<Optional<Holder>> holderOf(Credential credential);

    /// How the user of a verified access token stands. Makes the account at first sight.
    Uni<Standing> standingOf(TokenHolder holder);

    /// What has changed since this cursor. Without one: nothing, and where the feed ends now. What was committed before
    /// this was asked is in the answer or in a later one, never in none.
    Uni<Changes> changes(Optional<String> cursor);
}
