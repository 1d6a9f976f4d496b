/// Live delivery, shared by all faces: whoever follows a store gets every event after its cursor, in order, once.
///
/// A follower registers, reads the log from its cursor, and parks at its store's tail; Kafka, own appends and a poll of
/// heads only say that a tail should read on. So nothing can fall between catching up and waiting.
@NullMarked
package dev.hearth.sync.live;

import org.jspecify.annotations.NullMarked;
