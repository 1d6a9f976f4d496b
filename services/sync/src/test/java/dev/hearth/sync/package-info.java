@NullMarked
package dev.hearth.sync;

import org.jspecify.annotations.NullMarked;
