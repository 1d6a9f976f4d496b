/// Signs people in and out: by a password for faces whose clients post one, and by Keycloak's page for browsers.
@NullMarked
package dev.hearth.auth.signin;

import org.jspecify.annotations.NullMarked;
