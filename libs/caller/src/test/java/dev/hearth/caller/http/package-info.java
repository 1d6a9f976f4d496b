@NullMarked
package dev.hearth.caller.http;

import org.jspecify.annotations.NullMarked;
