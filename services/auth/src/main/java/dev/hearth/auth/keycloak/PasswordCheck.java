package dev.hearth.auth.keycloak;

/// What Keycloak says of an address and a password.
public sealed interface PasswordCheck {
    record Right(Login login) implements PasswordCheck {}

    /// The password is right and not enough: there is a second factor, or something left to do in the browser.
    record NotEnough() implements PasswordCheck {}

    /// Wrong, unknown, disabled, or tried too often: which of them is nobody's business.
    record Wrong() implements PasswordCheck {}
}
