package dev.hearth.eventstore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.hearth.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] VERBS = {"serve", "publish", "erase"};

    private final ArchitectureRules service = ArchitectureRules.of("eventstore");

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
    void the_log_knows_no_verb() {
        service.knowsNoVerb("log", VERBS);
    }

    @Test
    void only_the_internal_door_has_endpoints() {
        service.endpointsStandIn("serve");
    }

    @Test
    void only_the_log_opens_the_door_to_tenants_rows() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..eventstore.log..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hearth.postgres..")
                .check(service.classes());
    }

    @Test
    void only_the_relay_and_the_eraser_have_connections_of_their_own() {
        service.connectionsStandIn("log", "publish", "erase");
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
