@NullMarked
package dev.hearth.standalone.tls;

import org.jspecify.annotations.NullMarked;
