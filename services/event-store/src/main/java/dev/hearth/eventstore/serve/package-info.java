/// The log for the services that run apart: compact, internal, never on the public origin.
@NullMarked
package dev.hearth.eventstore.serve;

import org.jspecify.annotations.NullMarked;
