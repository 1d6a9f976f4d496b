package dev.hearth.projection;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.hearth.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] VERBS = {"consume", "rebuild", "query"};
    private static final String[] VIEWS = {"usage"};

    private final ArchitectureRules service = ArchitectureRules.of("projection");

    @Test
    void no_service_knows_another() {
        service.noServiceKnowsAnother();
    }

    @Test
    void the_service_knows_no_embedded_server() {
        service.knowsNoEmbeddedServer();
    }

    @Test
    void folding_is_pure() {
        classes()
                .that()
                .resideInAPackage("..projection.fold..")
                .or()
                .haveNameMatching(".*\\.usage\\.(Usage|UsageView)")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "dev.hearth.contracts..",
                        "dev.hearth.eventlog",
                        "dev.hearth.projection.fold..",
                        "dev.hearth.projection.usage..")
                .check(service.classes());
        noClasses()
                .that()
                .resideInAPackage("..projection.fold..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.hearth.eventlog.EventLog")
                .check(service.classes());
    }

    @Test
    void verbs_do_not_know_each_other() {
        service.verbsDoNotKnowEachOther(VERBS);
    }

    @Test
    void views_do_not_know_each_other() {
        service.verbsDoNotKnowEachOther(VIEWS);
    }

    @Test
    void the_frame_knows_no_view() {
        for (var part : new String[] {"fold", "view", "consume", "rebuild", "query"}) {
            service.knowsNoVerb(part, VIEWS);
        }
    }

    @Test
    void the_noun_knows_no_verb() {
        service.knowsNoVerb("fold", "view", "consume", "rebuild", "query");
        service.knowsNoVerb("view", VERBS);
    }

    @Test
    void endpoints_stand_where_people_ask() {
        service.endpointsStandIn("rebuild", "usage");
    }

    @Test
    void only_what_keeps_rows_has_connections() {
        service.connectionsStandIn("view", "usage");
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
