@NullMarked
package dev.hearth.standalone.bench;

import org.jspecify.annotations.NullMarked;
