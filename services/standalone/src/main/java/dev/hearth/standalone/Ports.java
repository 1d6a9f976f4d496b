package dev.hearth.standalone;

import dev.hearth.embedded.FreePorts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The ports on loopback behind the origin. They stay what they were, as long as nothing else has taken them.
final class Ports {
    private static final Map<String, Integer> USUAL = Map.of("mqtt", 1883, "mqtts", 8883, "metrics", 9464);

    private final Map<String, Integer> ports;

    private Ports(Map<String, Integer> ports) {
        this.ports = ports;
    }

    static Ports choose(DataFolder data) {
        var known = PrivateProperties.read(data.ports());
        Map<String, Integer> ports = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        for (String name : names()) {
            int wanted = Integer.parseInt(known.getOrDefault(name, "" + USUAL.getOrDefault(name, 0)));
            int port = wanted;
            while (port == 0 || taken.contains(port) || !FreePorts.isFree("127.0.0.1", port)) {
                port = FreePorts.any();
            }
            taken.add(port);
            ports.put(name, port);
        }
        Map<String, String> written = new HashMap<>();
        ports.forEach((name, port) -> written.put(name, port.toString()));
        PrivateProperties.write(data.ports(), written);
        return new Ports(ports);
    }

    private static List<String> names() {
        return Stream.concat(
                        Stream.of(
                                "postgres",
                                "kafka",
                                "kafka-controller",
                                "mqtt",
                                "mqtts",
                                "metrics",
                                "keycloak",
                                "mail"),
                        Stream.of(Service.values()).map(Service::id))
                .toList();
    }

    int of(String name) {
        return ports.get(name);
    }
}
