package dev.hearth.eventstore.publish;

/// Kafka did not acknowledge. What was sent may stand there or not; it is published again from the checkpoint.
final class PublishFailed extends Exception {
    private static final long serialVersionUID = 1L;

    PublishFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
