package dev.hearth.standalone.sweep;

import dev.hearth.embedded.FreePorts;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.testkit.TestKafka;
import dev.hearth.testkit.TestKeycloak;
import dev.hearth.testkit.TestMqtt;
import dev.hearth.testkit.TestPostgres;
import dev.hearth.testkit.sweep.CallerOnTheWire;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything real, and `CallerOnTheWire` before Postgres.
public final class SweepServers implements QuarkusTestResourceLifecycleManager {
    /// Where the servers listen that run in this JVM.
    private static final String PORTS = "hearth.sweep.ports";

    private @Nullable CallerOnTheWire wire;

    static Set<Integer> ports() {
        return Arrays.stream(System.getProperty(PORTS, "").split(","))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(Map.of("quarkus.devservices.enabled", "false"));
        config.putAll(TestPostgres.config());
        config.putAll(TestKafka.config());
        config.putAll(TestMqtt.config());
        config.putAll(TestKeycloak.config());
        wire = new CallerOnTheWire(
                TestPostgres.address().host(),
                TestPostgres.address().port(),
                () -> Rows.naming(PostgresRoles.DATABASE));
        config.put("hearth.postgres.host", "127.0.0.1");
        config.put("hearth.postgres.port", Integer.toString(wire.port()));
        config.put("hearth.metrics.port", Integer.toString(FreePorts.any()));
        System.setProperty(
                PORTS, Doors.listening().stream().map(String::valueOf).collect(Collectors.joining(",")));
        return config;
    }

    @Override
    public void stop() {
        if (wire != null) {
            try {
                wire.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
