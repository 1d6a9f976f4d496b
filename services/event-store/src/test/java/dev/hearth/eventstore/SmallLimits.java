package dev.hearth.eventstore;

import dev.hearth.testkit.LogLimits;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// One configuration for all integration tests, so that the service starts once: limits a test reaches quickly, and no
/// relay but those a test starts itself.
public final class SmallLimits implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        var limits = LogLimits.SMALL;
        return Map.of(
                "event-store.max-events-per-append",
                Integer.toString(limits.eventsPerAppend()),
                "event-store.max-event-bytes",
                Integer.toString(limits.eventBytes()),
                "event-store.max-append-bytes",
                Integer.toString(limits.appendBytes()),
                "event-store.max-stores-per-owner",
                Integer.toString(limits.storesPerOwner()),
                "event-store.eraser.batch-events",
                "4",
                "event-store.relay.enabled",
                "false");
    }
}
