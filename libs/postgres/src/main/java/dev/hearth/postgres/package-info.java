/// The one door to a database connection: a transaction that names its caller, or names none and sees no tenant's rows.
@NullMarked
package dev.hearth.postgres;

import org.jspecify.annotations.NullMarked;
