/// Households: who belongs to them, and how others come in.
@NullMarked
package dev.hearth.auth.household;

import org.jspecify.annotations.NullMarked;
