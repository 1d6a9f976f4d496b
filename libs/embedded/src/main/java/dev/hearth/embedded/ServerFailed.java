package dev.hearth.embedded;

/// An embedded server could not be started. The message is for the operator: what is wrong and where to look.
public final class ServerFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServerFailed(String message) {
        super(message);
    }

    public ServerFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
