/// JSON that is passed on as the bytes it came in.
@NullMarked
package dev.hearth.sync.json;

import org.jspecify.annotations.NullMarked;
