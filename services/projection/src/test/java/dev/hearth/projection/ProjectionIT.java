package dev.hearth.projection;

import dev.hearth.testkit.ServiceContract;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class ProjectionIT extends ServiceContract {
    ProjectionIT() {
        super("projection", "/api/v1/today");
    }
}
