package dev.hearth.embedded;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.broker.security.IAuthenticator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// An MQTT 3.1.1 broker in this program. Who has no account does not get in.
public final class EmbeddedMqtt implements AutoCloseable {
    private final MqttConfig config;
    private final Server server;

    private EmbeddedMqtt(MqttConfig config, Server server) {
        this.config = config;
        this.server = server;
    }

    /// Starts the broker and returns when it accepts clients.
    public static EmbeddedMqtt start(MqttConfig config) {
        try {
            Files.createDirectories(config.dataFolder());
            var server = new Server();
            server.startServer(settings(config), List.of(), null, passwords(config.accounts()), null);
            return new EmbeddedMqtt(config, server);
        } catch (IOException failure) {
            throw new UncheckedIOException("the MQTT broker cannot start: " + failure.getMessage(), failure);
        }
    }

    public int port() {
        return config.port();
    }

    @Override
    public void close() {
        server.stopServer();
    }

    private static IConfig settings(MqttConfig config) {
        var settings = new MemoryConfig(new Properties());
        settings.setProperty(IConfig.HOST_PROPERTY_NAME, config.host());
        settings.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(config.port()));
        settings.setProperty(
                IConfig.DATA_PATH_PROPERTY_NAME,
                config.dataFolder().toAbsolutePath().toString());
        settings.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "true");
        settings.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "false");
        settings.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        settings.setProperty("allow_zero_byte_client_id", "true");
        return settings;
    }

    private static IAuthenticator passwords(Map<String, Secret> accounts) {
        return (clientId, username, password) -> {
            Secret expected = username == null ? null : accounts.get(username);
            return expected != null
                    && password != null
                    && MessageDigest.isEqual(expected.value().getBytes(StandardCharsets.UTF_8), password);
        };
    }
}
