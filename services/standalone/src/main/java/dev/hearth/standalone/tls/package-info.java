/// Certificates: made here or given, checked, served, and replaced while everything runs.
@NullMarked
package dev.hearth.standalone.tls;

import org.jspecify.annotations.NullMarked;
