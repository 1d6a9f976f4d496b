/// The port to the log: what every writer and reader of stores works on. In one program it is a direct call, apart it
/// is HTTP; both pass the same contract suite.
@NullMarked
package dev.hearth.eventlog;

import org.jspecify.annotations.NullMarked;
