/// What administrators see and do.
@NullMarked
package dev.hearth.auth.administer;

import org.jspecify.annotations.NullMarked;
