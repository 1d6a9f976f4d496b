package dev.hearth.embedded;

import java.nio.file.Path;

/// @param dataFolder the broker's topics and identity; made if it is missing, kept at stop
/// @param port where clients connect, on loopback
/// @param controllerPort where the broker talks to its own controller, on loopback
public record KafkaConfig(Path dataFolder, int port, int controllerPort) {}
