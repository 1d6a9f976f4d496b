package dev.hearth.auth.publish;

/// Kafka did not take it; it is tried again.
final class PublishFailed extends Exception {
    private static final long serialVersionUID = 1L;

    PublishFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
