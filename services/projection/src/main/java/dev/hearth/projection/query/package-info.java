/// What queries of all views have in common: how up to date an answer has to be.
@NullMarked
package dev.hearth.projection.query;

import org.jspecify.annotations.NullMarked;
