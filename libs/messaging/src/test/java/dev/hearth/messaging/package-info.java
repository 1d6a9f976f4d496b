@NullMarked
package dev.hearth.messaging;

import org.jspecify.annotations.NullMarked;
