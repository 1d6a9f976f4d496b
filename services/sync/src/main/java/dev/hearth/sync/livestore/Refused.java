package dev.hearth.sync.livestore;

/// A request this face cannot serve, in words for the app's developer. It goes out as LiveStore's `UnknownError`.
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
        // Expected outcomes have no stack.
        super(why, null, false, false);
    }
}
