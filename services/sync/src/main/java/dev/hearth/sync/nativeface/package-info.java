/// The `native` face, `/api/v1/stores`: what a new client uses, and what every other face could be built on.
@NullMarked
package dev.hearth.sync.nativeface;

import org.jspecify.annotations.NullMarked;
