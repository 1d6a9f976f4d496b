package dev.hearth.eventstore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses service =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.hearth.eventstore");

    @Test
    void verbs_do_not_know_each_other() {
        slices().matching("..eventstore.(serve|publish|erase)..")
                .should()
                .notDependOnEachOther()
                .check(service);
    }

    @Test
    void the_log_knows_no_verb() {
        noClasses()
                .that()
                .resideInAPackage("..eventstore.log..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..eventstore.serve..", "..eventstore.publish..", "..eventstore.erase..")
                .check(service);
    }

    @Test
    void no_service_knows_another() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hearth.auth..",
                        "dev.hearth.projection..",
                        "dev.hearth.sync..",
                        "dev.hearth.vaultmetadata..",
                        "dev.hearth.devicegateway..",
                        "dev.hearth.standalone..")
                .check(service);
    }

    @Test
    void only_the_log_opens_the_door_to_tenants_rows() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..eventstore.log..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hearth.postgres..")
                .check(service);
    }

    @Test
    void only_the_relay_and_the_eraser_have_connections_of_their_own() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..eventstore.log..", "..eventstore.publish..", "..eventstore.erase..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.mutiny.sqlclient.Pool")
                .check(service);
    }
}
