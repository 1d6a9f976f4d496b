@NullMarked
package dev.hearth.sync.live;

import org.jspecify.annotations.NullMarked;
