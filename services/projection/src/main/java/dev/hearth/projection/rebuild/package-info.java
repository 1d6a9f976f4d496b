/// Builds a view anew from the log, beside the one that answers, and keeps the live one complete.
@NullMarked
package dev.hearth.projection.rebuild;

import org.jspecify.annotations.NullMarked;
