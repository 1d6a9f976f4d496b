/// What a view is, and what an event does to it. Decides everything and does nothing: the JDK and our own
/// records.
@NullMarked
package dev.hearth.projection.fold;

import org.jspecify.annotations.NullMarked;
