@NullMarked
package dev.hearth.caller;

import org.jspecify.annotations.NullMarked;
