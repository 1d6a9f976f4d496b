/// Events as Kafka brings them, and those that cannot be folded on their way out.
@NullMarked
package dev.hearth.projection.consume;

import org.jspecify.annotations.NullMarked;
