/// Carries what somebody has out of this server, and into another.
@NullMarked
package dev.hearth.auth.carry;

import org.jspecify.annotations.NullMarked;
