package dev.hearth.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/// The rules between modules. Here all of them are on one class path.
class WholeProgramTest {
    private static final String[] SERVICES = {
        "dev.hearth.auth..",
        "dev.hearth.eventstore..",
        "dev.hearth.projection..",
        "dev.hearth.sync..",
        "dev.hearth.vaultmetadata..",
        "dev.hearth.devicegateway.."
    };

    private final JavaClasses hearth =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.hearth");

    @Test
    void contracts_stand_on_the_jdk_alone() {
        classes()
                .that()
                .resideInAPackage("dev.hearth.contracts..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "dev.hearth.contracts..", "org.jspecify.."))
                .check(hearth);
    }

    @Test
    void only_the_launcher_knows_embedded_servers() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.hearth.embedded..", "dev.hearth.testkit..", "dev.hearth.standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hearth.embedded..")
                .check(hearth);
    }

    @Test
    void embedded_servers_know_nothing_of_hearth() {
        noClasses()
                .that()
                .resideInAPackage("dev.hearth.embedded..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.hearth..").and(not(resideInAnyPackage("dev.hearth.embedded.."))))
                .check(hearth);
    }

    @Test
    void libs_know_no_service() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SERVICES)
                .and()
                .resideOutsideOfPackage("dev.hearth.standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES)
                .check(hearth);
    }

    @Test
    void the_port_to_the_log_knows_no_database_and_no_kafka() {
        noClasses()
                .that()
                .resideInAPackage("dev.hearth.eventlog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hearth.postgres..",
                        "dev.hearth.messaging..",
                        "io.vertx..sqlclient..",
                        "org.apache.kafka..")
                .check(hearth);
    }

    @Test
    void statuses_are_a_matter_of_problems_and_of_those_who_explain_them() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.hearth.problems..", "dev.hearth.auth.explain..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.hearth.problems.Statuses")
                .check(hearth);
    }
}
