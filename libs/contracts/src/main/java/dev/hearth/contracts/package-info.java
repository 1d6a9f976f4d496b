/// What crosses a boundary between services. Depends on the JDK alone.
@NullMarked
package dev.hearth.contracts;

import org.jspecify.annotations.NullMarked;
