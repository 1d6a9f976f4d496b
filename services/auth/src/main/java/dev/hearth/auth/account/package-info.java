/// Tells a caller what the server knows of them.
@NullMarked
package dev.hearth.auth.account;

import org.jspecify.annotations.NullMarked;
