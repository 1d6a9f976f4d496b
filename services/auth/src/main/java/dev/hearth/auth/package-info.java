/// Says who a caller is.
@NullMarked
package dev.hearth.auth;

import org.jspecify.annotations.NullMarked;
