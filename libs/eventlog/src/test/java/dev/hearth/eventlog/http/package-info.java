@NullMarked
package dev.hearth.eventlog.http;

import org.jspecify.annotations.NullMarked;
