@NullMarked
package dev.hearth.sync.nativeface;

import org.jspecify.annotations.NullMarked;
