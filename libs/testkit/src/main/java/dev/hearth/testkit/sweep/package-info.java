/// Asks a running Hearth everything its API pages say it can be asked, as somebody who may not, and in ways that nobody
/// should: what tenants see of each other, what a forged token opens, what odd input breaks. A test names the
/// operations
/// (see `Operation`), says how each is filled and what it may answer, and looks at what came back. How to add an
/// operation is in `CONTRIBUTING.md`.
@NullMarked
package dev.hearth.testkit.sweep;

import org.jspecify.annotations.NullMarked;
