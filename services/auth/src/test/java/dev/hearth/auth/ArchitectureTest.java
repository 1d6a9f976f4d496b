package dev.hearth.auth;

import dev.hearth.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] VERBS = {"account", "explain"};

    private final ArchitectureRules service = ArchitectureRules.of("auth");

    @Test
    void no_service_knows_another() {
        service.noServiceKnowsAnother();
    }

    @Test
    void the_service_knows_no_embedded_server() {
        service.knowsNoEmbeddedServer();
    }

    @Test
    void verbs_do_not_know_each_other() {
        service.verbsDoNotKnowEachOther(VERBS);
    }

    @Test
    void only_verbs_have_endpoints() {
        service.endpointsStandIn(VERBS);
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
