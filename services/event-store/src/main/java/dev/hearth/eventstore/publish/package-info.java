/// The relay: copies committed events to Kafka, per store in order.
@NullMarked
package dev.hearth.eventstore.publish;

import org.jspecify.annotations.NullMarked;
