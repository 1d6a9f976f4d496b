package dev.hearth.devicegateway;

import dev.hearth.testkit.ServiceContract;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class DeviceGatewayIT extends ServiceContract {
    DeviceGatewayIT() {
        super("device_gateway", "/api/v1/devices");
    }
}
