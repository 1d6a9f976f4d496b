/// The command line, and the program that runs all of Hearth: the embedded servers, and the services with them or
/// beside.
@NullMarked
package dev.hearth.standalone;

import org.jspecify.annotations.NullMarked;
