/// The log itself: Postgres is the truth, and one function call is one append.
@NullMarked
package dev.hearth.eventstore.log;

import org.jspecify.annotations.NullMarked;
