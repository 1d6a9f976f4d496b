@NullMarked
package dev.hearth.standalone;

import org.jspecify.annotations.NullMarked;
