package dev.hearth.standalone.sweep;

/// Whom an operation answers, and how it answers everybody else.
enum Takes {
    /// Anybody, also without a credential.
    ANYBODY,
    /// Whoever is signed in, and tells them of what is theirs alone.
    SOMEBODY,
    /// The owner of what the request names. To others that is not found, in the same words as what is not there.
    OWNER,
    /// Administrators of the server. Everybody else is told that they may not.
    ADMIN,
    /// The services among themselves. From the origin there is no such address.
    SERVICE
}
