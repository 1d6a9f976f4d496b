/// Answers other services who may call.
@NullMarked
package dev.hearth.auth.serve;

import org.jspecify.annotations.NullMarked;
