package dev.hearth.vaultmetadata;

import dev.hearth.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

/// Holds from the first class on.
class ArchitectureTest {
    private final ArchitectureRules service = ArchitectureRules.of("vaultmetadata");

    @Test
    void no_service_knows_another() {
        service.noServiceKnowsAnother();
    }

    @Test
    void the_service_knows_no_embedded_server() {
        service.knowsNoEmbeddedServer();
    }

    @Test
    void names_say_the_thing() {
        service.namesSayTheThing();
    }

    @Test
    void every_package_is_null_marked() {
        service.everyPackageSaysNullMarked();
    }
}
