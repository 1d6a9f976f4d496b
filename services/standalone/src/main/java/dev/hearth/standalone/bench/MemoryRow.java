package dev.hearth.standalone.bench;

import java.util.List;

/// What everything holds: the services, Postgres, Kafka, the MQTT broker and Keycloak.
public final class MemoryRow implements Row {
    private static final long GOAL = 900_000_000;
    private static final int CLIENTS = 16;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "memory of all processes, right after a start and after some load";
    }

    @Override
    public List<Figure> measure(Subject subject, Telling telling) {
        telling.say("memory: after a start");
        subject.restart();
        long idle = subject.memory();
        telling.say("memory: after appends by 16 clients");
        try (var calls = new Stores(subject);
                var load = new Load(subject, CLIENTS)) {
            var stores = calls.open(CLIENTS);
            load.run(
                    CLIENTS,
                    client -> new Load.Post("/api/v1/stores/" + stores.get(client) + "/events", Events.append(1)));
        }
        long loaded = subject.memory();
        return List.of(
                new Figure(
                        "memory of everything, idle",
                        Texts.megabytes(idle),
                        "sum of proportional set sizes",
                        "≤ 900 MB",
                        idle <= GOAL),
                Figure.plain("memory of everything, after load", Texts.megabytes(loaded), ""));
    }
}
