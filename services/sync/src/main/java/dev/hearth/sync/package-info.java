/// Brings a device's replica up to date, both ways: one face for each protocol that clients speak, one live tail below.
@NullMarked
package dev.hearth.sync;

import org.jspecify.annotations.NullMarked;
