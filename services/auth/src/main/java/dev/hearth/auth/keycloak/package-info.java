/// Keycloak, which has people's passwords: asks it whether one is right, and does what its administrator does.
@NullMarked
package dev.hearth.auth.keycloak;

import org.jspecify.annotations.NullMarked;
