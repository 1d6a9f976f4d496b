/// What makes tails read on: messages of the log's relay.
@NullMarked
package dev.hearth.sync.wake;

import org.jspecify.annotations.NullMarked;
