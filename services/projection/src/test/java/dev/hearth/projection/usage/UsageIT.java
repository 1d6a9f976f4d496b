package dev.hearth.projection.usage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Rights;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.projection.TestLog;
import dev.hearth.projection.Writer;
import dev.hearth.testkit.InMemorySessions;
import dev.hearth.testkit.TestPostgres;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The view as people ask for it. There is no Kafka here: what they wrote themselves they can read all the same.
@QuarkusTest
@WithTestResource(value = TestServers.OnlyPostgres.class, scope = TestResourceScope.GLOBAL)
class UsageIT {
    @Inject
    TestLog log;

    @Inject
    InMemorySessions sessions;

    private final UUID user = UUID.randomUUID();
    private Writer ada;

    @BeforeEach
    void the_view_is_built() {
        ada = new Writer(log, Caller.of(Principal.user(user)));
        await().atMost(Duration.ofSeconds(20)).until(() -> get("").extract().statusCode() == 200);
    }

    @AfterEach
    void the_log_is_there() {
        log.comeBack();
    }

    @Test
    void somebody_without_events_has_no_usage() {
        get("").statusCode(200)
                .body("stores", empty())
                .body("next", nullValue())
                .body("total.stores", equalTo(0))
                .body("total.events", equalTo(0));
    }

    @Test
    void what_was_written_is_counted_for_whoever_names_its_sequence_without_kafka() {
        var store = ada.open("todo");
        ada.append(store.id(), "s", "12345", "é");

        fresh(store.id() + "=2")
                .statusCode(200)
                .body("stores[0].store", equalTo(store.id().toString()))
                .body("stores[0].name", equalTo("todo"))
                .body("stores[0].face", equalTo("native"))
                .body("stores[0].kind", equalTo("app"))
                .body("stores[0].private", equalTo(false))
                .body("stores[0].owner", equalTo("user:" + user))
                .body("stores[0].generation", equalTo(1))
                .body("stores[0].events", equalTo(2))
                .body("stores[0].bytes", equalTo(7))
                .body("stores[0].firstActivity", notNullValue())
                .body("stores[0].lastActivity", notNullValue())
                .body("total.stores", equalTo(1))
                .body("total.bytes", equalTo(7));
    }

    @Test
    void an_api_token_for_one_store_sees_nothing_of_the_others() {
        var one = ada.open("one");
        var two = ada.open("two");
        ada.append(one.id(), "s", "1");
        ada.append(two.id(), "s", "2", "3");
        fresh(one.id() + "=1," + two.id() + "=2").statusCode(200).body("total.events", equalTo(3));
        var life = Duration.ofHours(1);
        var narrow = sessions.issue(user, new Rights(true, false, Optional.of(Set.of(one.id()))), life);
        var writer = sessions.issue(user, new Rights(false, true, Optional.empty()), life);

        as(narrow.value())
                .get("/api/v1/usage")
                .then()
                .statusCode(200)
                .body("stores.store", equalTo(List.of(one.id().toString())))
                .body("total.stores", equalTo(1))
                .body("total.events", equalTo(1));
        as(narrow.value())
                .header("Hearth-Min-Sequence", two.id() + "=2")
                .get("/api/v1/usage")
                .then()
                .statusCode(404);
        as(writer.value()).get("/api/v1/usage").then().statusCode(403);
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    @Test
    void a_replaced_history_is_not_counted() {
        var store = ada.open("todo");
        ada.append(store.id(), "s", "1", "2", "3");
        fresh(store.id() + "=3").body("stores[0].events", equalTo(3));
        ada.reset(store.id());
        ada.append(store.id(), "s", "new");

        fresh(store.id() + "=2-1")
                .statusCode(200)
                .body("stores[0].generation", equalTo(2))
                .body("stores[0].events", equalTo(1));
        // An older history's events are not waited for.
        fresh(store.id() + "=1-3").statusCode(200).body("stores[0].generation", equalTo(2));
    }

    @Test
    void what_the_view_has_is_answered_while_the_log_is_away_and_nothing_else_is_promised() {
        var store = ada.open("todo");
        ada.append(store.id(), "s", "1");
        fresh(store.id() + "=1-1").statusCode(200);
        ada.append(store.id(), "s", "2");
        log.leave();

        fresh(store.id() + "=1-1").statusCode(200).body("stores[0].events", equalTo(1));
        get("").statusCode(200);
        fresh(store.id() + "=1-2")
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("/problems/unavailable"));
    }

    @Test
    void another_persons_store_is_neither_shown_nor_found() {
        var store = ada.open("diary");
        ada.append(store.id(), "s", "1");
        fresh(store.id() + "=1-1").statusCode(200);
        var bob = given().auth().oauth2(TestTokens.user(UUID.randomUUID()));

        bob.get("/api/v1/usage").then().statusCode(200).body("stores", empty());
        for (var wish : List.of(store.id() + "=1-1", UUID.randomUUID() + "=1-1")) {
            given().auth()
                    .oauth2(TestTokens.user(UUID.randomUUID()))
                    .header("Hearth-Min-Sequence", wish)
                    .get("/api/v1/usage")
                    .then()
                    .statusCode(404)
                    .body("type", equalTo("/problems/store-not-found"));
        }
    }

    @Test
    void pages_of_any_size_give_every_store_once() {
        var wishes = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            var store = ada.open("s" + i);
            ada.append(store.id(), "s", "1");
            wishes.add(store.id() + "=1");
        }
        fresh(String.join(", ", wishes)).statusCode(200);

        for (int size = 1; size <= 6; size++) {
            var seen = new ArrayList<String>();
            String after = null;
            do {
                var page = get("?limit=" + size + (after == null ? "" : "&after=" + after))
                        .statusCode(200)
                        .body("total.stores", equalTo(5))
                        .extract();
                seen.addAll(page.<List<String>>path("stores.store"));
                after = page.path("next");
            } while (after != null);
            assertThat(seen).hasSize(5).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void bad_input_is_refused_with_a_problem() {
        for (var query : List.of("?limit=0", "?limit=101", "?limit=-1", "?limit=x", "?limit=99999999999")) {
            get(query).statusCode(400).body("type", equalTo("/problems/invalid-request"));
        }
        get("?after=x").statusCode(400).body("type", equalTo("/problems/invalid-cursor"));
        var id = UUID.randomUUID();
        var many = String.join(",", java.util.Collections.nCopies(17, id + "=1"));
        for (var wish :
                List.of("x", id.toString(), id + "=", id + "=-1", id + "=0-1", id + "=1,", id + "=1-1-1", many)) {
            fresh(wish).statusCode(400).body("type", equalTo("/problems/invalid-request"));
        }
    }

    @Test
    void a_sequence_that_the_store_does_not_have_is_refused() {
        var store = ada.open("todo");
        ada.append(store.id(), "s", "1");

        for (var wish : List.of("2", "1-2", "2-0", "999999999999999999")) {
            fresh(store.id() + "=" + wish)
                    .statusCode(400)
                    .body("type", equalTo("/problems/cursor-beyond-head"))
                    .body("head", equalTo(1));
        }
    }

    @Test
    void without_a_token_nothing_is_told() {
        given().get("/api/v1/usage").then().statusCode(401).contentType("application/problem+json");
        given().get("/api/v1/admin/views").then().statusCode(401);
    }

    @Test
    void an_administrator_sees_the_views_and_has_one_built_anew_and_nobody_else_has() {
        asked().get("/api/v1/admin/views").then().statusCode(403);
        asked().post("/api/v1/admin/views/usage/rebuild").then().statusCode(403);
        asked().post("/api/v1/admin/views/usage/redrive").then().statusCode(403);
        int before = admin().get("/api/v1/admin/views")
                .then()
                .statusCode(200)
                .body("views[0].view", equalTo("usage"))
                .body("views[0].parked", equalTo(0))
                .body("views[0].live.progress", equalTo(1.0f))
                .extract()
                .path("views[0].live.number");

        admin().post("/api/v1/admin/views/usage/rebuild")
                .then()
                .statusCode(200)
                .body("building.number", equalTo(before + 1));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> admin().get("/api/v1/admin/views")
                        .then()
                        .body("views[0].live.number", greaterThan(before))
                        .body("views[0].building", nullValue()));
        admin().post("/api/v1/admin/views/usage/redrive").then().statusCode(200).body("parked", equalTo(0));
        admin().post("/api/v1/admin/views/unknown/rebuild").then().statusCode(404);
    }

    @Test
    void administrators_see_what_was_parked_and_by_which_trace_its_request_is_found() throws SQLException {
        var trace = UUID.randomUUID().toString().replace("-", "");
        var store = ada.open("todo");
        superuser("insert into projection.parked (view, build, store, owner, generation, sequence, stream, revision,"
                + " event_id, reason, trace) select view, number, '" + store.id() + "', 'user:" + user + "', 1, 7,"
                + " 'hidden', 1, 'hidden', 'IllegalStateException', '" + trace
                + "' from projection.build where view = 'usage' and state = 'live'");

        asked().get("/api/v1/admin/views/usage/parked").then().statusCode(403);
        admin().get("/api/v1/admin/views/unknown/parked").then().statusCode(404);
        admin().get("/api/v1/admin/views/usage/parked?trace=none").then().statusCode(400);
        admin().get("/api/v1/admin/views/usage/parked?trace=" + "f".repeat(32))
                .then()
                .statusCode(200)
                .body("events", empty());
        var told = admin().get("/api/v1/admin/views/usage/parked?trace=" + trace)
                .then()
                .statusCode(200)
                .body("events.size()", equalTo(1))
                .body("events[0].store", equalTo(store.id().toString()))
                .body("events[0].sequence", equalTo(7))
                .body("events[0].reason", equalTo("IllegalStateException"))
                .body("events[0].traceId", equalTo(trace))
                .body("events[0].parkedAt", notNullValue())
                .extract()
                .asString();

        assertThat(told).doesNotContain("hidden").doesNotContain(user.toString());
        superuser("delete from projection.parked where store = '" + store.id() + "'");
    }

    private static void superuser(String sql) throws SQLException {
        try (var connection = TestPostgres.address().connect(PostgresRoles.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void its_metrics_tell_of_each_view() {
        var metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();

        assertThat(metrics)
                .contains("hearth_projection_rebuild_progress{view=\"usage\"}")
                .contains("hearth_projection_parked{view=\"usage\"}");
    }

    private RequestSpecification asked() {
        return given().auth().oauth2(TestTokens.user(user));
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(TestTokens.admin(UUID.randomUUID()));
    }

    private ValidatableResponse get(String query) {
        return asked().get("/api/v1/usage" + query).then();
    }

    private ValidatableResponse fresh(String wish) {
        return asked().header("Hearth-Min-Sequence", wish).get("/api/v1/usage").then();
    }
}
