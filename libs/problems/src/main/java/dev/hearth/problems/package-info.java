/// Turns problem types into RFC 9457 answers. Nothing outside this package knows which HTTP status a refusal has.
@NullMarked
package dev.hearth.problems;

import org.jspecify.annotations.NullMarked;
