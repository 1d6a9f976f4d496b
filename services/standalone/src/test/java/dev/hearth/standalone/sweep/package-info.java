/// Everything that can be asked of Hearth, asked by everybody who may not. `CONTRIBUTING.md`, The sweep, says how a new
/// operation gets in.
@NullMarked
package dev.hearth.standalone.sweep;

import org.jspecify.annotations.NullMarked;
