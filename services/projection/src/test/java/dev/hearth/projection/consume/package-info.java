@NullMarked
package dev.hearth.projection.consume;

import org.jspecify.annotations.NullMarked;
