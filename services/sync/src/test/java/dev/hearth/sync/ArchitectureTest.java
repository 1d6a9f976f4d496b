package dev.hearth.sync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.hearth.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] FACES = {"livestore", "nativeface"};

    private final ArchitectureRules service = ArchitectureRules.of("sync");

    @Test
    void no_service_knows_another() {
        service.noServiceKnowsAnother();
    }

    @Test
    void the_service_knows_no_embedded_server() {
        service.knowsNoEmbeddedServer();
    }

    @Test
    void faces_do_not_know_each_other() {
        service.verbsDoNotKnowEachOther(FACES);
    }

    @Test
    void live_delivery_knows_no_face_and_no_kafka() {
        service.knowsNoVerb("live", "livestore", "nativeface", "wake");
        noClasses()
                .that()
                .resideInAPackage("..sync.live..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "dev.hearth.messaging..")
                .check(service.classes());
    }

    @Test
    void raw_json_knows_nothing_of_sync() {
        service.knowsNoVerb("json", "live", "livestore", "nativeface", "wake");
    }

    @Test
    void only_faces_have_endpoints() {
        service.endpointsStandIn(FACES);
    }

    @Test
    void faces_keep_nothing_of_their_own() {
        service.connectionsStandIn();
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
