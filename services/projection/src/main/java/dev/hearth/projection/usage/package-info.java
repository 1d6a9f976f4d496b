/// The view "usage": how much each of a caller's stores holds.
@NullMarked
package dev.hearth.projection.usage;

import org.jspecify.annotations.NullMarked;
