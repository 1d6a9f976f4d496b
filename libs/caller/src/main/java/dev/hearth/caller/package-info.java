/// The verified identity behind a request.
@NullMarked
package dev.hearth.caller;

import org.jspecify.annotations.NullMarked;
