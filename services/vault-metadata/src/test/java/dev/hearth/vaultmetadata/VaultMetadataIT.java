package dev.hearth.vaultmetadata;

import dev.hearth.testkit.ServiceContract;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class VaultMetadataIT extends ServiceContract {
    VaultMetadataIT() {
        super("vault_metadata", "/api/v1/vault");
    }
}
