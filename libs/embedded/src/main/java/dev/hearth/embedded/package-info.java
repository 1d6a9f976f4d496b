/// Postgres, Kafka, an MQTT broker and Keycloak without a container engine: each starts, tells when it is ready, and
/// stops; none outlives the program that started it.
@NullMarked
package dev.hearth.embedded;

import org.jspecify.annotations.NullMarked;
