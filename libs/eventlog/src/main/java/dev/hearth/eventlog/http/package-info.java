/// The log over HTTP, for services that run apart from the event-store: one POST an operation, bodies in CBOR.
@NullMarked
package dev.hearth.eventlog.http;

import org.jspecify.annotations.NullMarked;
