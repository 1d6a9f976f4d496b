package dev.hearth.standalone;

/// A command cannot do what it is asked. The message says what is wrong and what to do, in one line.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
