@NullMarked
package dev.hearth.projection.usage;

import org.jspecify.annotations.NullMarked;
