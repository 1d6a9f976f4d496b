package dev.hearth.auth.administer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import dev.hearth.auth.identity.RealIdentities;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Statuses;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestServers.class)
class AdminIT {
    private static final String ADMIN = "/api/v1/admin";

    private final UUID root = UUID.randomUUID();

    @Inject
    RealIdentities identities;

    @ParameterizedTest
    @ValueSource(strings = {"/users", "/audit", "/figures"})
    void who_is_no_administrator_is_let_see_nothing(String path) {
        given().get(ADMIN + path).then().statusCode(401);
        refused(as(TestTokens.user(UUID.randomUUID())).get(ADMIN + path), ProblemType.FORBIDDEN);
        asRoot().get(ADMIN + path).then().statusCode(200);
    }

    @Test
    void accounts_are_found_and_paged() {
        var name = "Root " + root;
        asRoot().contentType(ContentType.JSON).body(Map.of("name", name)).patch("/api/v1/account");

        asRoot().queryParam("search", root.toString().toUpperCase())
                .get(ADMIN + "/users")
                .then()
                .body("name", contains(name))
                .body("state", contains("active"));
        asRoot().queryParam("search", root.toString())
                .queryParam("after", root.toString())
                .get(ADMIN + "/users")
                .then()
                .body("$", empty());
        refused(asRoot().queryParam("search", "a\u0000b").get(ADMIN + "/users"), ProblemType.INVALID_REQUEST);
        refused(asRoot().queryParam("limit", 0).get(ADMIN + "/users"), ProblemType.INVALID_REQUEST);
        refused(asRoot().queryParam("limit", 201).get(ADMIN + "/users"), ProblemType.INVALID_REQUEST);
    }

    @Test
    void who_waits_is_approved_and_who_is_disabled_is_out() {
        var waiting = identities.someonePending();
        refused(as(TestTokens.user(waiting)).get("/api/v1/account"), ProblemType.ACCOUNT_PENDING);

        state(waiting, "active").then().statusCode(204);
        as(TestTokens.user(waiting)).get("/api/v1/account").then().statusCode(200);

        state(waiting, "disabled").then().statusCode(204);
        refused(as(TestTokens.user(waiting)).get("/api/v1/account"), ProblemType.NOT_AUTHENTICATED);
        refused(state(waiting, "deleted"), ProblemType.INVALID_REQUEST);
        refused(state(UUID.randomUUID(), "active"), ProblemType.NOT_FOUND);
        refused(state(root, "disabled"), ProblemType.FORBIDDEN);
    }

    @Test
    void who_was_deleted_is_not_brought_back() {
        var gone = identities.someone();
        identities.delete(gone);

        refused(state(gone, "active"), ProblemType.NOT_FOUND);
    }

    @Test
    void a_forced_logout_ends_sessions_and_tokens_that_are_out() {
        var ada = identities.someone();
        var cookie = identities.signIn(ada).value();
        var token = TestTokens.user(ada);
        given().cookie("hearth_session", cookie).get("/auth/whoami").then().statusCode(200);

        asRoot().post(ADMIN + "/users/" + ada + "/logout").then().statusCode(204);

        isOut(given().cookie("hearth_session", cookie));
        isOut(as(token));
    }

    @Test
    void who_did_what_is_noted() {
        var ada = identities.someone();
        state(ada, "disabled");

        asRoot().get(ADMIN + "/audit")
                .then()
                .statusCode(200)
                .body(
                        "findAll { it.subject == 'user:" + ada + "' && it.action == 'account-disabled' }.actor",
                        hasItem("user:" + root));
        asRoot().get(ADMIN + "/figures").then().body("accounts", greaterThan(0));
    }

    private static void isOut(RequestSpecification request) {
        var latest = Instant.now().plusSeconds(5);
        while (request.get("/auth/whoami").statusCode() != 401) {
            assertThat(Instant.now()).isBefore(latest);
        }
    }

    private Response state(UUID user, String state) {
        return asRoot().contentType(ContentType.JSON)
                .body(Map.of("state", state))
                .put(ADMIN + "/users/" + user + "/state");
    }

    private RequestSpecification asRoot() {
        return as(TestTokens.admin(root));
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static void refused(Response response, ProblemType type) {
        response.then().statusCode(Statuses.of(type)).body("type", equalTo(type.type()));
    }
}
