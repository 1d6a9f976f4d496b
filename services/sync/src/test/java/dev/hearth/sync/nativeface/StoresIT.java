package dev.hearth.sync.nativeface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.OnlyPostgres.class, scope = TestResourceScope.GLOBAL)
class StoresIT {
    private final Api api = new Api();

    @Test
    void a_store_is_made_on_first_touch_and_found_then() {
        var made = api.asked()
                .contentType(ContentType.JSON)
                .body("{\"name\":\"todo\",\"kind\":\"list\"}")
                .post("/api/v1/stores")
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .body("name", equalTo("todo"))
                .body("kind", equalTo("list"))
                .body("face", equalTo("native"))
                .body("private", equalTo(false))
                .body("owner", equalTo("user:" + api.user))
                .body("generation", equalTo(1))
                .body("head", equalTo(0))
                .extract();

        api.asked()
                .contentType(ContentType.JSON)
                .body("{\"name\":\"todo\"}")
                .post("/api/v1/stores")
                .then()
                .statusCode(200)
                .body("id", equalTo(made.path("id")))
                .body("kind", equalTo("list"));
        api.asked()
                .get("/api/v1/stores/{id}", made.<String>path("id"))
                .then()
                .statusCode(200)
                .body("name", equalTo("todo"));
    }

    @Test
    void stores_are_listed_in_pages() {
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            made.add(api.open("store-" + i));
        }

        var listed = new ArrayList<String>();
        String after = null;
        do {
            var asked = api.asked().queryParam("limit", 2);
            var page = (after == null ? asked : asked.queryParam("after", after))
                    .get("/api/v1/stores")
                    .then()
                    .statusCode(200)
                    .extract();
            listed.addAll(page.<List<String>>path("stores.id"));
            after = page.path("next");
        } while (after != null);

        assertThat(listed).containsExactlyInAnyOrderElementsOf(made).isSorted();
    }

    @Test
    void two_users_never_see_each_others_stores() {
        var store = api.open("todo");
        var other = new Api();

        assertThat(other.open("todo")).isNotEqualTo(store);
        for (var path : List.of("", "/events", "/live")) {
            other.asked()
                    .get("/api/v1/stores/" + store + path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("type", equalTo("/problems/store-not-found"));
        }
        other.append(store, "{\"events\":[{\"type\":\"noted\",\"data\":1}]}")
                .statusCode(404)
                .body("type", equalTo("/problems/store-not-found"));
        other.asked()
                .delete("/api/v1/stores/{id}?confirm=todo&generation=1", store)
                .then()
                .statusCode(404);
        other.asked().get("/api/v1/stores").then().body("stores.size()", equalTo(1));
    }

    @Test
    void an_owner_has_as_many_stores_as_allowed() {
        for (int i = 0; i < 20; i++) {
            api.open("store-" + i);
        }

        api.asked()
                .contentType(ContentType.JSON)
                .body("{\"name\":\"one too many\"}")
                .post("/api/v1/stores")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/too-many-stores"))
                .body("allowed", equalTo(20));
    }

    @Test
    void a_reset_needs_the_name_and_the_generation_and_begins_a_new_one() {
        var store = api.open("todo");
        api.fill(store, 1, 3);

        for (var query : List.of("", "?confirm=todo", "?generation=1", "?confirm=other&generation=1")) {
            api.asked()
                    .delete("/api/v1/stores/" + store + query)
                    .then()
                    .statusCode(428)
                    .body("type", equalTo("/problems/confirmation-needed"))
                    .body("generation", equalTo(1));
        }
        api.read(store, "").body("head", equalTo(3));
        // Twice: a lost answer is asked for again.
        for (int i = 0; i < 2; i++) {
            api.asked()
                    .delete("/api/v1/stores/{id}?confirm=todo&generation=1", store)
                    .then()
                    .statusCode(200)
                    .body("generation", equalTo(2))
                    .body("head", equalTo(0));
        }
        api.read(store, "").body("head", equalTo(0)).body("generation", equalTo(2));
    }

    @Test
    void a_reset_of_a_generation_yet_to_come_is_refused() {
        var store = api.open("todo");

        api.asked()
                .delete("/api/v1/stores/{id}?confirm=todo&generation=2", store)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/generation-changed"));
    }

    @Test
    void a_cursor_of_a_replaced_history_is_told_so() {
        var store = api.open("todo");
        api.fill(store, 1, 3);
        api.asked().delete("/api/v1/stores/{id}?confirm=todo&generation=1", store);

        api.read(store, "?after=3&generation=1")
                .statusCode(409)
                .body("type", equalTo("/problems/generation-changed"))
                .body("generation", equalTo(2));
    }

    @Test
    void a_store_that_does_not_exist_is_not_found() {
        for (var id : List.of(UUID.randomUUID().toString(), "no-uuid", "..%2f..")) {
            api.asked()
                    .urlEncodingEnabled(false)
                    .get("/api/v1/stores/" + id)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void what_opens_a_store_is_checked() {
        for (var body : List.of(
                "{}",
                "{\"name\":\"\"}",
                "{\"name\":null}",
                "{\"name\":7}",
                "{\"name\":\"" + "x".repeat(201) + "\"}",
                "{\"name\":\"\\u0000\"}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":\"a\",\"kind\":\"\"}",
                "{\"name\":\"a\",\"private\":\"yes\"}",
                "{\"name\":\"a\",\"unknown\":1}")) {
            api.asked()
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/stores")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("type", equalTo("/problems/invalid-request"));
        }
        api.asked().get("/api/v1/stores").then().body("stores", empty()).body("next", nullValue());
    }
}
