package dev.hearth.eventstore.log;

import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.StoreErasure;
import dev.hearth.eventstore.SmallLimits;
import dev.hearth.testkit.EventLogContract;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;

@QuarkusTest
@TestProfile(SmallLimits.class)
@WithTestResource(TestServers.class)
class PostgresEventLogIT extends EventLogContract {
    @Inject
    EventLog log;

    @Inject
    StoreErasure erasure;

    @Override
    protected EventLog log() {
        return log;
    }

    @Override
    protected StoreErasure erasure() {
        return erasure;
    }
}
