/// Measures a running Hearth, each figure beside its raw limit in the same run.
@NullMarked
package dev.hearth.standalone.bench;

import org.jspecify.annotations.NullMarked;
