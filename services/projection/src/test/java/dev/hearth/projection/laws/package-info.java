/// The laws of the frame, on tables in memory that can be made to fail anywhere.
@NullMarked
package dev.hearth.projection.laws;

import org.jspecify.annotations.NullMarked;
