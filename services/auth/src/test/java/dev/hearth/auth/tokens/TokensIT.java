package dev.hearth.auth.tokens;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestServers.class)
class TokensIT {
    private static final String TOKENS = "/api/v1/tokens";

    @Inject
    RealIdentities identities;

    @Test
    void a_token_is_shown_once_and_opens_what_it_was_made_for() {
        var ada = UUID.randomUUID();
        var store = UUID.randomUUID().toString();

        var issued = issue(ada, Map.of("name", "backup", "scopes", List.of("read"), "stores", List.of(store)));

        String secret = issued.then().statusCode(201).extract().path("secret");
        assertThat(secret).matches("hearth_[A-Za-z0-9_-]{43}");
        as(ada).get(TOKENS)
                .then()
                .body("$", hasSize(1))
                .body("[0].scopes", contains("read"))
                .body("[0].stores", contains(store))
                .body(not(containsString(secret)));
        given().header("Authorization", "Bearer " + secret)
                .get("/auth/whoami")
                .then()
                .statusCode(200)
                .body("id", equalTo(ada.toString()));
        as(ada).get(TOKENS).then().body("[0].usedAt", notNullValue());
    }

    @Test
    void a_token_that_is_revoked_opens_nothing() {
        var ada = UUID.randomUUID();
        var issued = issue(ada, Map.of("name", "backup", "scopes", List.of("read", "write")));
        String id = issued.path("token.id");
        String secret = issued.path("secret");

        refused(as(UUID.randomUUID()).delete(TOKENS + "/" + id), ProblemType.NOT_FOUND);
        as(ada).delete(TOKENS + "/" + id).then().statusCode(204);

        refused(as(ada).delete(TOKENS + "/" + id), ProblemType.NOT_FOUND);
        refused(given().header("Authorization", "Bearer " + secret).get("/auth/whoami"), ProblemType.NOT_AUTHENTICATED);
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        refusedAs("name", " ");
        refusedAs("name", "x".repeat(101));
        refusedAs("scopes", List.of());
        refusedAs("scopes", List.of("admin"));
        refusedAs("stores", List.of());
        refusedAs("stores", List.of("mine"));
        refusedAs("stores", Arrays.asList("mine", null));
        refusedAs("scopes", Arrays.asList("read", null));
        refusedAs("expiresAt", Instant.now().minusSeconds(1).toString());
        refusedAs("expiresAt", Instant.now().plus(Duration.ofDays(367)).toString());
        refusedAs("expiresAt", "tomorrow");
        refused(issue(UUID.randomUUID(), Map.of("name", "x")), ProblemType.INVALID_REQUEST);
    }

    @Test
    void a_cookie_alone_makes_no_token_once_the_password_is_long_ago() {
        var ada = identities.someone();
        var longAgo = given().cookie("hearth_session", identities.signIn(ada).value());

        refused(
                longAgo.contentType(ContentType.JSON)
                        .body(Map.of("name", "x", "scopes", List.of("read")))
                        .post(TOKENS),
                ProblemType.STEP_UP_NEEDED);
        longAgo.get(TOKENS).then().statusCode(200).body("$", hasSize(0));
    }

    @Test
    void an_account_has_fifty_tokens_at_most() {
        var ada = UUID.randomUUID();
        Map<String, Object> wanted = Map.of("name", "one of many", "scopes", List.of("read"));
        for (int number = 1; number <= 50; number++) {
            issue(ada, wanted).then().statusCode(201);
        }

        refused(issue(ada, wanted), ProblemType.TOO_MANY_REQUESTS);
    }

    private static void refusedAs(String field, Object value) {
        var wanted = new HashMap<String, Object>(Map.of("name", "x", "scopes", List.of("read")));
        wanted.put(field, value);
        refused(issue(UUID.randomUUID(), wanted), ProblemType.INVALID_REQUEST);
    }

    private static Response issue(UUID user, Map<String, ?> wanted) {
        return as(user).contentType(ContentType.JSON).body(wanted).post(TOKENS);
    }

    private static RequestSpecification as(UUID user) {
        return given().header("Authorization", "Bearer " + TestTokens.user(user));
    }

    private static void refused(Response response, ProblemType type) {
        response.then().statusCode(Statuses.of(type)).body("type", equalTo(type.type()));
    }
}
