package dev.hearth.auth.leave;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.hearth.auth.OpenDoors;
import dev.hearth.auth.identity.Deletion.Step;
import dev.hearth.auth.identity.DeletionSteps;
import dev.hearth.auth.identity.DeletionSteps.Claimed;
import dev.hearth.auth.identity.OnVertx;
import dev.hearth.auth.identity.PostgresSessions;
import dev.hearth.auth.identity.RealIdentities;
import dev.hearth.caller.Standing;
import dev.hearth.caller.TokenHolder;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.problems.Statuses;
import dev.hearth.testkit.Everywhere;
import dev.hearth.testkit.InMemoryEventLog;
import dev.hearth.testkit.TestPostgres;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// People who leave, at a real Keycloak.
@QuarkusTest
@TestProfile(OpenDoors.class)
@WithTestResource(TestServers.WithKeycloak.class)
class DeletionIT {
    private static final String COOKIE = "hearth_session";
    private static final String PASSWORD = "correct horse battery";
    private static final String CANARY = "xqzcanary";

    @Inject
    RealIdentities identities;

    @Inject
    PostgresSessions sessions;

    @Inject
    DeletionSteps steps;

    @Inject
    Departures departures;

    @Inject
    InMemoryEventLog log;

    /// Somebody with an address, a session, and a device and a name that are nobody else's.
    private record Person(UUID id, String email, String cookie) {}

    @Test
    void who_asks_is_out_by_every_way_and_hears_until_when_they_can_stay() {
        var ada = somebody();
        var token = token(ada);
        var phone = login(ada).cookie(COOKIE);

        var asked = leave(ada, ada.email().toUpperCase());

        asked.then().statusCode(202).cookie(COOKIE, equalTo("")).body("dueAt", notNullValue());
        var due = Instant.parse(asked.path("dueAt"));
        assertThat(due).isAfter(Instant.now().plus(Duration.ofDays(6)));
        for (String cookie : List.of(ada.cookie(), phone)) {
            isOut(given().cookie(COOKIE, cookie));
        }
        isOut(given().header("Authorization", "Bearer " + token));
        refused(login(ada), ProblemType.ACCOUNT_LEAVING).body("dueAt", equalTo(due.toString()));
        assertThat(standing(ada)).isInstanceOfSatisfying(Standing.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(ProblemType.ACCOUNT_LEAVING);
            assertThat(refused.detail()).contains(due.toString());
        });
    }

    @Test
    void who_thinks_better_of_it_keeps_everything_but_sessions_and_tokens() throws SQLException {
        var ada = somebody();
        var household = identities.household(ada.id());
        leave(ada, ada.email()).then().statusCode(202);

        refused(keep(ada.email(), "something else"), ProblemType.SIGN_IN_REFUSED);
        var kept = keep(ada.email(), PASSWORD);

        kept.then().statusCode(200).body("email", equalTo(ada.email()));
        given().cookie(COOKIE, kept.cookie(COOKIE))
                .get("/api/v1/account")
                .then()
                .statusCode(200)
                .body("name", equalTo(CANARY))
                .body("principals", contains("household:" + household, "user:" + ada.id()));
        assertThat(rows("select type from auth.identity_event where subject = 'user:" + ada.id() + "'"))
                .contains("deletion-requested", "deletion-cancelled");
        assertThat(rows("select action from auth.audit where actor = 'user:" + ada.id() + "' and subject = actor"))
                .contains("deletion-requested", "deletion-cancelled");
        keep(ada.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void nobody_goes_by_mistake() {
        var ada = somebody();

        refused(leave(ada, "somebody@example.org"), ProblemType.CONFIRMATION_NEEDED);
        refused(
                json(Map.of()).cookie(COOKIE, ada.cookie()).post("/api/v1/account/deletion"),
                ProblemType.CONFIRMATION_NEEDED);
        var token = token(ada);
        refused(
                json(Map.of("email", ada.email()))
                        .header("Authorization", "Bearer " + token)
                        .post("/api/v1/account/deletion"),
                ProblemType.INSUFFICIENT_SCOPE);
        var open = identities.signIn(ada.id()).value();
        refused(
                json(Map.of("email", ada.email())).cookie(COOKIE, open).post("/api/v1/account/deletion"),
                ProblemType.STEP_UP_NEEDED);
        given().cookie(COOKIE, ada.cookie()).get("/api/v1/account").then().statusCode(200);
    }

    @Test
    void who_alone_administers_a_household_hands_it_over_first() {
        var ada = somebody();
        var ben = somebody();
        var household = identities.household(ada.id(), ben.id());

        refused(leave(ada, ada.email()), ProblemType.LAST_ADMINISTRATOR)
                .body("households", contains(household.toString()));
        json(Map.of("role", "admin"))
                .cookie(COOKIE, ada.cookie())
                .put("/api/v1/households/" + household + "/members/" + ben.id())
                .then()
                .statusCode(204);

        leave(ada, ada.email()).then().statusCode(202);
    }

    @Test
    void the_last_administrator_of_the_server_stays() throws SQLException {
        var ada = somebody();
        change("update auth.account set admin = (id = '" + ada.id() + "')");

        refused(leave(ada, ada.email()), ProblemType.LAST_ADMINISTRATOR);

        var ben = somebody();
        change("update auth.account set admin = true where id = '" + ben.id() + "'");
        leave(ada, ada.email()).then().statusCode(202);
    }

    @Test
    void when_the_time_has_come_everything_goes_and_an_id_stays() throws SQLException {
        var ada = somebody();
        var ben = somebody();
        var alone = identities.household(ada.id());
        var shared = identities.household(ben.id(), ada.id());
        token(ada);
        var own = store(ada, Principal.user(ada.id()));
        var alones = store(ada, Principal.household(alone));
        var shareds = store(ada, Principal.household(shared));
        leave(ada, ada.email()).then().statusCode(202);

        await(departures.round());
        assertThat(stepOf(ada)).as("there is grace").isEqualTo("WAITING");
        isDue(ada);
        await(departures.round());

        isGone(ada);
        assertThat(OnVertx.await(() -> log.closed(Set.of(own.id(), alones.id(), shareds.id()))))
                .containsExactlyInAnyOrder(own.id(), alones.id());
        assertThat(rows("select id::text from auth.household where id in ('" + alone + "', '" + shared + "')"))
                .containsExactly(shared.toString());
        assertThat(rows("select account::text from auth.member where household = '" + shared + "'"))
                .containsExactly(ben.id().toString());
        refused(login(ada), ProblemType.SIGN_IN_REFUSED);
        given().cookie(COOKIE, ben.cookie()).get("/api/v1/account").then().statusCode(200);
    }

    @Test
    void a_household_whose_administrators_have_all_gone_gets_another() throws SQLException {
        var ada = somebody();
        var ben = somebody();
        var household = identities.household(ada.id(), ben.id());
        change("update auth.member set role = 'ADMIN' where household = '" + household + "'");
        leave(ada, ada.email()).then().statusCode(202);
        change("update auth.member set role = 'MEMBER' where account = '" + ben.id() + "'");

        isDue(ada);
        await(departures.round());

        assertThat(rows("select role from auth.member where household = '" + household + "'"))
                .containsExactly("ADMIN");
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"LOGINS", "HOUSEHOLDS", "STORES", "ACCOUNT"})
    void whoever_dies_after_a_step_is_followed_by_another(Step last) throws SQLException {
        var ada = somebody();
        var alone = identities.household(ada.id());
        var own = store(ada, Principal.user(ada.id()));
        var alones = store(ada, Principal.household(alone));
        leave(ada, ada.email()).then().statusCode(202);
        isDue(ada);

        var at = await(steps.claim(Duration.ofMinutes(5))).orElseThrow();
        while (at.step() != last) {
            var done = at;
            var next = Step.values()[at.step().ordinal() + 1];
            await(departures.perform(done));
            assertThat(await(steps.advance(done, next))).isTrue();
            at = new Claimed(ada.id(), next);
        }
        var undone = at;
        await(departures.perform(undone));

        await(departures.round());
        if (last != Step.ACCOUNT) {
            assertThat(stepOf(ada)).as("it is the other one's yet").isEqualTo(last.name());
        }
        change("update auth.deletion set leased_until = now() where account = '" + ada.id() + "'");
        await(departures.round());

        isGone(ada);
        assertThat(OnVertx.await(() -> log.closed(Set.of(own.id(), alones.id()))))
                .containsExactlyInAnyOrder(own.id(), alones.id());
    }

    @Test
    void two_at_once_come_to_one_end() throws SQLException {
        var ada = somebody();
        identities.household(ada.id());
        store(ada, Principal.user(ada.id()));
        leave(ada, ada.email()).then().statusCode(202);
        isDue(ada);
        var claimed = await(steps.claim(Duration.ofMinutes(5))).orElseThrow();

        var ends = new ArrayList<Uni<Void>>();
        for (int process = 0; process < 3; process++) {
            ends.add(OnVertx.on(() -> departures.carryOut(claimed)));
        }
        Uni.join().all(ends).andFailFast().await().atMost(Duration.ofSeconds(30));
        change("update auth.deletion set leased_until = now() where account = '" + ada.id() + "'");
        await(departures.round());

        isGone(ada);
        assertThat(rows("select type from auth.identity_event where type = 'account-deleted' and subject = 'user:"
                        + ada.id() + "'"))
                .hasSize(1);
    }

    @Test
    void what_has_begun_cannot_be_taken_back() throws SQLException {
        var ada = somebody();
        leave(ada, ada.email()).then().statusCode(202);
        isDue(ada);
        await(steps.claim(Duration.ofMinutes(5)));

        refused(keep(ada.email(), PASSWORD), ProblemType.ACCOUNT_LEAVING);
    }

    /// A token that was issued just before, and is shown just after.
    @Test
    void nothing_brings_back_what_was_known_of_who_is_gone() throws SQLException {
        var ada = somebody();
        leave(ada, ada.email()).then().statusCode(202);
        isDue(ada);
        await(departures.round());

        assertThat(standing(ada)).isInstanceOf(Standing.Refused.class);
        change("update auth.account set email = '" + ada.email() + "', state = 'ACTIVE' where id = '" + ada.id() + "'");

        isGone(ada);
    }

    private void isGone(Person person) throws SQLException {
        assertThat(stepOf(person)).isEqualTo("DONE");
        assertThat(rows("select state from auth.account where id = '" + person.id() + "'"))
                .containsExactly("DELETED");
        assertThat(rows("select state::text from auth.identity_event where subject = 'user:" + person.id()
                        + "' order by sequence desc limit 1"))
                .containsExactly("{\"state\": \"deleted\"}");
        assertThat(Everywhere.with(person.email())).isEmpty();
        assertThat(Everywhere.with("device of " + person.email())).isEmpty();
        assertThat(Everywhere.with("token of " + person.email())).isEmpty();
    }

    private static String stepOf(Person person) throws SQLException {
        return rows("select step from auth.deletion where account = '" + person.id() + "'")
                .getFirst();
    }

    private static void isDue(Person person) throws SQLException {
        change("update auth.deletion set due_at = now() - interval '1 second' where account = '" + person.id() + "'");
    }

    private Standing standing(Person person) {
        var token = new TokenHolder(
                person.id(),
                Optional.empty(),
                Instant.now().plusSeconds(60),
                Optional.of(person.email()),
                Optional.of(CANARY),
                false);
        return OnVertx.await(() -> sessions.standingOf(token));
    }

    private Store store(Person person, Principal owner) {
        var self = Principal.user(person.id());
        var caller = new Caller(self, new HashSet<>(List.of(self, owner)), Rights.ALL);
        var wanted = new NewStore(owner, new StoreName("native", "diary"), "app", false);
        return ((OpenResult.Opened) OnVertx.await(() -> log.open(caller, wanted))).store();
    }

    private Person somebody() {
        var email = "ada-" + UUID.randomUUID() + "@example.org";
        var registered = json(Map.of(
                        "email",
                        email,
                        "password",
                        PASSWORD,
                        "name",
                        CANARY,
                        "acceptedTerms",
                        "2026-11",
                        "device",
                        "device of " + email))
                .post("/auth/register");
        registered.then().statusCode(201);
        return new Person(UUID.fromString(registered.path("id")), email, registered.cookie(COOKIE));
    }

    private static String token(Person person) {
        return json(Map.of("name", "token of " + person.email(), "scopes", List.of("read")))
                .cookie(COOKIE, person.cookie())
                .post("/api/v1/tokens")
                .path("secret");
    }

    private static Response login(Person person) {
        return json(Map.of("email", person.email(), "password", PASSWORD)).post("/auth/login");
    }

    private static Response leave(Person person, String typed) {
        return json(Map.of("email", typed)).cookie(COOKIE, person.cookie()).post("/api/v1/account/deletion");
    }

    private static Response keep(String email, String password) {
        return json(Map.of("email", email, "password", password)).post("/auth/deletion/cancel");
    }

    private static void isOut(RequestSpecification who) {
        var latest = Instant.now().plusSeconds(5);
        while (who.get("/auth/whoami").statusCode() != 401) {
            assertThat(Instant.now()).isBefore(latest);
        }
    }

    private static ValidatableResponse refused(Response response, ProblemType type) {
        return response.then().statusCode(Statuses.of(type)).body("type", equalTo(type.type()));
    }

    private static RequestSpecification json(Map<String, ?> body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    private static <T> T await(Uni<T> work) {
        return OnVertx.await(() -> work);
    }

    private static List<String> rows(String query) throws SQLException {
        try (var connection = TestPostgres.address().connect("hearth");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static void change(String sql) throws SQLException {
        try (var connection = TestPostgres.address().connect("hearth");
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
