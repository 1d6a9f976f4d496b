/// Explains problem types to whoever follows a problem's `type`.
@NullMarked
package dev.hearth.auth.explain;

import org.jspecify.annotations.NullMarked;
