/// API tokens, for programs that act for a person.
@NullMarked
package dev.hearth.auth.tokens;

import org.jspecify.annotations.NullMarked;
