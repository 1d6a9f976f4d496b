/// Takes invites to people by e-mail.
@NullMarked
package dev.hearth.auth.deliver;

import org.jspecify.annotations.NullMarked;
