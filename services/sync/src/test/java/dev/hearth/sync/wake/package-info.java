@NullMarked
package dev.hearth.sync.wake;

import org.jspecify.annotations.NullMarked;
