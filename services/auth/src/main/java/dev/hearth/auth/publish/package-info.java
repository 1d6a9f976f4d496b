/// Takes what changed of identity to Kafka.
@NullMarked
package dev.hearth.auth.publish;

import org.jspecify.annotations.NullMarked;
