/// Appends events to stores; serves them by store, stream or in log order.
@NullMarked
package dev.hearth.eventstore;

import org.jspecify.annotations.NullMarked;
