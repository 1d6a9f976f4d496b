package dev.hearth.standalone;

import dev.hearth.standalone.demo.Outage;
import java.util.List;

/// All services in one program.
final class LiveStoreIT extends LiveStoreScenario {
    @Override
    List<Outage> outages(DataFolder data) {
        return List.of(Killed.program(data));
    }
}
