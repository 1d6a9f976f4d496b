/// Blanks the payloads of histories that were replaced.
@NullMarked
package dev.hearth.eventstore.erase;

import org.jspecify.annotations.NullMarked;
