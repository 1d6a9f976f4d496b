/// Hearth's messages on Kafka: the envelope of an event, and consumers that every instance runs for itself.
@NullMarked
package dev.hearth.messaging;

import org.jspecify.annotations.NullMarked;
