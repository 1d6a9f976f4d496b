/// The noun: accounts, their sessions, API tokens and households, what changes of them, and the door to their tables.
@NullMarked
package dev.hearth.auth.identity;

import org.jspecify.annotations.NullMarked;
