/// The noun: views as they are kept, builds of them, and how events get into them.
@NullMarked
package dev.hearth.projection.view;

import org.jspecify.annotations.NullMarked;
