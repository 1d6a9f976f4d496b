package dev.hearth.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Arrays;
import java.util.List;

/// The rules about packages that hold in every service. A service's `ArchitectureTest` names its noun and its verbs and
/// calls them, one a test. A service that has no classes yet passes them all.
public final class ArchitectureRules {
    private static final String ROOT = "dev.hearth.";
    private static final List<String> PROGRAMS =
            List.of("auth", "eventstore", "projection", "sync", "vaultmetadata", "devicegateway", "standalone");

    private final String service;
    private final JavaClasses classes;

    private ArchitectureRules(String service, JavaClasses classes) {
        this.service = service;
        this.classes = classes;
    }

    /// `service` is the package below `dev.hearth`; tests are left out.
    public static ArchitectureRules of(String service) {
        if (!PROGRAMS.contains(service)) {
            throw new IllegalArgumentException("there is no such service: " + service);
        }
        var classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages(ROOT + service);
        return new ArchitectureRules(service, classes);
    }

    /// For rules that are one service's own.
    public JavaClasses classes() {
        return classes;
    }

    public void noServiceKnowsAnother() {
        String[] others = PROGRAMS.stream()
                .filter(other -> !other.equals(service))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(classes);
    }

    public void knowsNoEmbeddedServer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "embedded..")
                .allowEmptyShould(true)
                .check(classes);
    }

    public void verbsDoNotKnowEachOther(String... verbs) {
        slices().matching(ROOT + service + ".(" + String.join("|", verbs) + ")..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(classes);
    }

    public void knowsNoVerb(String noun, String... verbs) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + service + "." + noun + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(verbs))
                .allowEmptyShould(true)
                .check(classes);
    }

    /// Endpoints, and whatever else knows JAX-RS, stand in these packages.
    public void endpointsStandIn(String... verbs) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages(verbs))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .allowEmptyShould(true)
                .check(classes);
    }

    /// Only these packages get at connections: the rest asks them.
    public void connectionsStandIn(String... packages) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages(packages))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "postgres..", "io.vertx.mutiny.sqlclient..", "io.vertx.sqlclient..", "java.sql..")
                .allowEmptyShould(true)
                .check(classes);
    }

    public void namesSayTheThing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Manager|Helper|Impl|Common)")
                .allowEmptyShould(true)
                .check(classes);
    }

    public void everyPackageSaysNullMarked() {
        ArchRuleDefinition.classes()
                .should(new StandInNullMarkedPackage())
                .allowEmptyShould(true)
                .check(classes);
    }

    private String[] packages(String... names) {
        return Arrays.stream(names)
                .map(name -> ROOT + service + "." + name + "..")
                .toArray(String[]::new);
    }
}
