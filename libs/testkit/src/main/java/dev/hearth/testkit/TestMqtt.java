package dev.hearth.testkit;

import dev.hearth.embedded.EmbeddedMqtt;
import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.MqttConfig;
import dev.hearth.embedded.Secret;
import java.util.Map;

/// An MQTT broker for tests, always the embedded one, with the services' account.
public final class TestMqtt {
    private TestMqtt() {}

    /// Where the services find it; starts it the first time.
    public static Map<String, String> config() {
        return OncePerJvm.config("mqtt", folder -> {
            var password = Secret.random();
            var mqtt = EmbeddedMqtt.start(
                    new MqttConfig(folder, "127.0.0.1", FreePorts.any(), Map.of("hearth", password)));
            OncePerJvm.atEnd(folder, mqtt::close);
            return Map.of(
                    "hearth.mqtt.host",
                    "127.0.0.1",
                    "hearth.mqtt.port",
                    Integer.toString(mqtt.port()),
                    "hearth.mqtt.username",
                    "hearth",
                    "hearth.mqtt.password",
                    password.value());
        });
    }
}
