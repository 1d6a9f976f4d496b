/// Folds the log into views; answers queries on them.
@NullMarked
package dev.hearth.projection;

import org.jspecify.annotations.NullMarked;
