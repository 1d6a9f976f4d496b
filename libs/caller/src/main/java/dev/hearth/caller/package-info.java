/// The verified identity behind a request, and for how long it is believed.
///
/// `Sessions` is the port to service auth. Three ways lead in: `VerifiedTokens` (access tokens and API tokens in an
/// `Authorization`), `SessionCookies`, and `OnBehalfOf` for services. What the port said is `Remembered` while the
/// `IdentityFeed` is heard; what stays open longer than a request is watched over by `OpenStreams`. `Callers` and
/// `CurrentCaller` are what endpoints use; `ApiTokenScopes` keeps API tokens out of those that do not say
/// `@TakesApiTokens`.
@NullMarked
package dev.hearth.caller;

import org.jspecify.annotations.NullMarked;
