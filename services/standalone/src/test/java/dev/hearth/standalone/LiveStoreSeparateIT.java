package dev.hearth.standalone;

import dev.hearth.standalone.demo.Outage;
import java.util.List;

/// Six services in six programs.
final class LiveStoreSeparateIT extends LiveStoreScenario {
    LiveStoreSeparateIT() {
        super("--separate");
    }

    @Override
    List<Outage> outages(DataFolder data) {
        return List.of(
                Killed.service(data, Service.SYNC), Killed.service(data, Service.EVENT_STORE), Killed.program(data));
    }
}
