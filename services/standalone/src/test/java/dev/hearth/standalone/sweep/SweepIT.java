package dev.hearth.standalone.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.testkit.sweep.Api;
import dev.hearth.testkit.sweep.Ask;
import dev.hearth.testkit.sweep.Figures;
import dev.hearth.testkit.sweep.Operation;
import dev.hearth.testkit.sweep.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// All six services in one program, asked everything by everybody. See `CONTRIBUTING.md`, The sweep, for how to add an
/// operation.
@QuarkusTest
@TestProfile(SweepIT.OpenDoors.class)
@WithTestResource(SweepServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SweepIT {
    private static final List<String> SERVICES =
            List.of("auth", "event-store", "projection", "sync", "vault-metadata", "device-gateway");
    private static final Figures FIGURES = new Figures("sweep");

    public static final class OpenDoors implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    // In tests, Micrometer takes the second server's meters for a mistake, and the first never starts.
                    "quarkus.micrometer.binder.vertx.enabled", "false",
                    "auth.registration", "open",
                    "auth.terms-version", Scene.TERMS,
                    "auth.guessing.logins-per-minute", "1000000",
                    "auth.guessing.registrations-per-hour", "1000000");
        }
    }

    @TestHTTPResource
    URI url;

    @Inject
    Router router;

    @ConfigProperty(name = "hearth.metrics.port")
    int metricsPort;

    private Wire wire;
    private Scene scene;
    private Map<String, Operation> operations;

    @BeforeAll
    void start() throws Exception {
        wire = new Wire(url);
        operations = SERVICES.stream()
                .map(service -> Api.read(Path.of("../../docs/api/" + service + ".yaml")))
                .flatMap(api -> api.operations().values().stream())
                .collect(Collectors.toMap(Operation::key, operation -> operation, (one, _) -> one, TreeMap::new));
        scene = new Scene(wire);
    }

    @AfterAll
    void tell() {
        wire.close();
        FIGURES.write();
    }

    @Test
    @Order(1)
    void the_table_has_every_operation_that_the_running_program_says_it_has() {
        var served = Api.parse(wire.send(Ask.of("GET", "/q/openapi")).body()).operations();
        var table = Table.ROWS.stream().map(Row::key).collect(Collectors.toCollection(TreeSet::new));

        assertThat(served.keySet())
                .as("docs/api is what is served; see CONTRIBUTING.md, API pages")
                .isEqualTo(operations.keySet());
        var untold = new TreeSet<>(operations.keySet());
        untold.removeAll(table);
        assertThat(untold)
                .as(
                        "operations without a row in Table.java: add one, with whom it takes, and requests that name what is"
                                + " somebody's")
                .isEmpty();
        table.removeAll(operations.keySet());
        assertThat(table)
                .as("rows of Table.java without an operation: take them out")
                .isEmpty();
    }

    @Test
    @Order(2)
    void nobody_learns_or_changes_what_is_somebody_elses() throws Exception {
        var isolation = new Isolation(scene);
        var before = Rows.of(scene.victim.marks());

        Table.ROWS.forEach(isolation::sweep);

        // Some rows sign out.
        List.of(scene.other, scene.former, scene.admin).forEach(scene::signIn);
        assertThat(isolation.faults).isEmpty();
        assertThat(Rows.of(scene.victim.marks())).isEqualTo(before);
        FIGURES.tell(
                operations.size() + " operations × " + Identity.values().length + " identities =",
                isolation.tries + " tries, 0 leaks, " + before.size() + " tables unchanged");
    }

    @Test
    @Order(2)
    void nobody_learns_or_changes_by_a_face_what_is_somebody_elses() throws Exception {
        var faces = new Faces(scene, url);
        var before = Rows.of(scene.victim.marks());

        faces.sweep();

        assertThat(faces.faults).isEmpty();
        assertThat(Rows.of(scene.victim.marks())).isEqualTo(before);
        FIGURES.tell("LiveStore's face", faces.tries + " tries, 0 leaks");
    }

    @Test
    @Order(3)
    void every_door_of_the_program_is_known() throws Exception {
        var doors = new Doors();
        var routes = router.getRoutes().stream().map(Doors::handled).toList();
        var ports = new TreeSet<>(Doors.listening());
        ports.removeAll(SweepServers.ports());

        var softly = new SoftAssertions();
        softly.assertThat(doors.endpoints())
                .as("methods of resources; all of them are on an API page, and so in Table.java")
                .isEqualTo(operations.keySet());
        softly.assertThat(doors.webSockets())
                .as("walked by Faces.java")
                .containsExactly("dev.hearth.sync.livestore.LiveStoreFace");
        softly.assertThat(new TreeSet<>(routes))
                .as("handlers of Vert.x; a new one needs a row in Doors.HANDLERS that says why it may be there")
                .isEqualTo(Doors.HANDLERS.keySet());
        softly.assertThat(ports).as("the origin and the metrics").containsExactlyInAnyOrder(url.getPort(), metricsPort);
        Doors.PUBLIC
                .keySet()
                .forEach(
                        path -> softly.assertThat(wire.send(Ask.of("GET", path)).status())
                                .as(path)
                                .isEqualTo(200));
        Doors.CLOSED.forEach(path -> softly.assertThat(wire.send(Scene.as(scene.admin, Ask.of("GET", path))))
                .as(path)
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(404))
                .satisfies(answer -> assertThat(answer.mediaType()).isEqualTo("application/problem+json")));
        softly.assertAll();
        FIGURES.tell(
                "doors",
                doors.endpoints().size() + " endpoints, " + routes.size() + " routes, " + ports.size() + " ports, "
                        + Doors.CLOSED.size() + " closed addresses");
    }

    @Test
    @Order(4)
    void forged_and_misused_tokens_open_nothing() throws Exception {
        try (var trap = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            var tokens = new Tokens(scene, scene.other, "http://127.0.0.1:" + trap.getLocalPort());

            tokens.attack();

            assertThat(tokens.faults).isEmpty();
            trap.setSoTimeout(1);
            assertThatThrownBy(trap::accept)
                    .as("nobody asks there for a key")
                    .isInstanceOf(SocketTimeoutException.class);
            FIGURES.tell("tokens", tokens.attacks() + " attacks, " + tokens.tries + " tries, 0 taken");
        }
    }

    @Test
    @Order(5)
    void odd_input_is_refused_with_a_problem_and_the_rest_is_as_the_pages_say() throws Exception {
        var owner = new Person("odd");
        var pawn = new Person("pawn");
        scene.register(owner);
        scene.register(pawn);
        scene.belongings(owner);
        scene.belongings(pawn);
        System.out.println("sweep: fuzz with -Dhearth.sweep.seed=" + Fuzzing.SEED);
        var fuzzing = new Fuzzing(scene, owner, pawn, scene.admin);

        for (Row row : Table.ROWS) {
            fuzzing.fuzz(row, operations.get(row.key()));
        }

        assertThat(Fuzzing.some(fuzzing.faults)).as("seed " + Fuzzing.SEED).isEmpty();
        FIGURES.tell(
                "fuzz",
                fuzzing.cases + " cases, " + fuzzing.successes + " as the pages say, the others problems, 0 × 5xx");
    }

    @Test
    @Order(6)
    void row_security_alone_gives_nothing_out_and_changes_nothing() throws Exception {
        var wall = new SecondWall(scene, new Faces(scene, url));
        wall.control();
        var before = Rows.of(scene.victim.marks());

        wall.sweep();

        assertThat(wall.seenWithoutIt)
                .as("what the owner sees, so that a leak would be seen")
                .isGreaterThan(20);
        assertThat(wall.leaks).isEmpty();
        assertThat(Rows.of(scene.victim.marks())).isEqualTo(before);
        FIGURES.tell("second wall alone", wall.tries + " tries, 0 foreign rows");
    }

    @Test
    @Order(7)
    void strangers_cannot_tell_who_is_here() throws Exception {
        var enumeration = new Enumeration(scene);

        var login = enumeration.login(8);
        var invite = enumeration.invite(scene.usedCode, 40);

        FIGURES.tell("known beside unknown", "login " + login + ", invite " + invite);
    }
}
