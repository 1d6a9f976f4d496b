/// Lets people go, with all that is theirs.
@NullMarked
package dev.hearth.auth.leave;

import org.jspecify.annotations.NullMarked;
