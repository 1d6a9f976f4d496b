package dev.hearth.embedded;

import java.nio.file.Path;
import java.util.Map;

/// @param dataFolder sessions and retained messages; made if it is missing, kept at stop
/// @param host the address to listen on
/// @param accounts the password of each user who may enter
public record MqttConfig(Path dataFolder, String host, int port, Map<String, Secret> accounts) {
    public MqttConfig {
        accounts = Map.copyOf(accounts);
    }
}
