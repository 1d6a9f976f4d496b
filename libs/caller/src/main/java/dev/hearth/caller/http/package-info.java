/// The port `Sessions` over HTTP, for services that run apart.
@NullMarked
package dev.hearth.caller.http;

import org.jspecify.annotations.NullMarked;
