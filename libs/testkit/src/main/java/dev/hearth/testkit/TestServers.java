package dev.hearth.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/// Everything that a service meets, for `@WithTestResource(TestServers.class)`: Postgres with its roles, Kafka, an
/// MQTT broker, a mail server, and a key that verifies `TestTokens`. Each starts once in a test's JVM and ends with
/// it. A service that needs less names `OnlyPostgres` instead.
public final class TestServers implements QuarkusTestResourceLifecycleManager {
    /// Postgres and the key of `TestTokens`, nothing else.
    public static final class OnlyPostgres implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return together(TestPostgres.config(), TestTokens.config());
        }

        @Override
        public void stop() {}
    }

    /// All that `TestServers` has, and a real Keycloak instead of the key of `TestTokens`.
    public static final class WithKeycloak implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return together(TestPostgres.config(), TestKafka.config(), TestKeycloak.config());
        }

        @Override
        public void stop() {}
    }

    @Override
    public Map<String, String> start() {
        return together(
                TestPostgres.config(), TestKafka.config(), TestMqtt.config(), TestMail.config(), TestTokens.config());
    }

    /// They serve the next test class too.
    @Override
    public void stop() {}

    @SafeVarargs
    private static Map<String, String> together(Map<String, String>... parts) {
        Map<String, String> all = new HashMap<>(Map.of("quarkus.devservices.enabled", "false"));
        for (Map<String, String> part : parts) {
            all.putAll(part);
        }
        return all;
    }
}
