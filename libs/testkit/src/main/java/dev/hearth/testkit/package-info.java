/// What tests stand on: fakes that pass the same contract suites as the real thing, and servers on free ports.
@NullMarked
package dev.hearth.testkit;

import org.jspecify.annotations.NullMarked;
