package dev.hearth.auth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.hearth.auth.identity.Tables;
import dev.hearth.testkit.ArchitectureRules;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] VERBS = {
        "account",
        "administer",
        "carry",
        "deliver",
        "explain",
        "household",
        "leave",
        "publish",
        "signin",
        "tokens",
        "serve"
    };

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
    void the_noun_knows_no_verb() {
        service.knowsNoVerb("identity", VERBS);
        service.knowsNoVerb("keycloak", VERBS);
    }

    @Test
    void only_verbs_have_endpoints() {
        service.endpointsStandIn(VERBS);
    }

    @Test
    void connections_are_reached_by_the_noun_and_by_what_publishes() {
        service.connectionsStandIn("identity", "publish");
    }

    @Test
    void entities_are_reached_by_one_door_that_names_a_caller() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Tables.class.getName())
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Mutiny.SessionFactory.class)
                .check(service.classes());
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
