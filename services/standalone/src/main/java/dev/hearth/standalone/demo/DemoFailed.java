package dev.hearth.standalone.demo;

/// Something did not hold, or could not be tried. The message is for people.
public final class DemoFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DemoFailed(String message) {
        super(message);
    }

    public DemoFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
