@NullMarked
package dev.hearth.projection;

import org.jspecify.annotations.NullMarked;
