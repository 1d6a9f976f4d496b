package dev.hearth.sync.nativeface;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StoreId;
import dev.hearth.testkit.InMemorySessions;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What lets a caller in, how far, and until when.
@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class CredentialsIT {
    private static final String STORES = "/api/v1/stores";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Rights READ = new Rights(true, false, Optional.empty());
    private static final Rights WRITE = new Rights(false, true, Optional.empty());

    @Inject
    InMemorySessions sessions;

    private UUID ada;

    @BeforeEach
    void somebody() {
        ada = sessions.someone();
    }

    @Test
    void a_session_is_in_with_the_request_after_it_was_made_and_out_within_five_seconds_of_its_end() {
        var session = sessions.signIn(ada);
        with(session.value()).get(STORES).then().statusCode(200);

        sessions.end(session);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> with(session.value())
                        .get(STORES)
                        .then()
                        .statusCode(401)
                        .body("type", equalTo("/problems/not-authenticated")));
    }

    @Test
    void a_session_may_do_what_its_user_may() {
        var session = sessions.signIn(ada).value();

        open(with(session), "todo").then().statusCode(201);
        open(bearer(TestTokens.user(ada)), "todo").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a%20b"})
    void nobody_is_in_with_an_unknown_secret(String secret) {
        with(secret).get(STORES).then().statusCode(401);
        bearer("hearth_" + secret).get(STORES).then().statusCode(401).header("WWW-Authenticate", "Bearer");
    }

    @Test
    void an_authorization_goes_before_the_cookie_whatever_it_is_worth() {
        var session = sessions.signIn(ada).value();

        with(session)
                .header("Authorization", "Bearer " + TestTokens.expired(ada))
                .get(STORES)
                .then()
                .statusCode(401);
        with(session).header("Authorization", "Basic YTpi").get(STORES).then().statusCode(401);
    }

    @Test
    void another_sites_page_changes_nothing_with_a_cookie() {
        var session = sessions.signIn(ada).value();

        open(with(session).header("Sec-Fetch-Site", "cross-site"), "todo")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/cross-site"));
        open(with(session).header("Sec-Fetch-Site", "same-origin"), "todo")
                .then()
                .statusCode(201);
        open(bearer(TestTokens.user(ada)).header("Sec-Fetch-Site", "cross-site"), "todo")
                .then()
                .statusCode(200);
    }

    @Test
    void whoever_waits_for_approval_is_told_so() {
        bearer(TestTokens.user(sessions.someonePending()))
                .get(STORES)
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/account-pending"));
    }

    @Test
    void nobody_is_let_in_while_nobody_can_say_who_calls() {
        sessions.away(true);
        try {
            bearer(TestTokens.user(ada))
                    .get(STORES)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue());
            with("abc").get(STORES).then().statusCode(503);
        } finally {
            sessions.away(false);
        }
    }

    @Test
    void a_token_of_a_disabled_user_is_out_within_five_seconds() {
        var token = TestTokens.user(ada);
        bearer(token).get(STORES).then().statusCode(200);

        sessions.disable(ada);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> bearer(token).get(STORES).then().statusCode(401));
    }

    @Test
    void an_api_token_reads_if_it_may_read_and_changes_things_if_it_may_write() {
        var store = made("todo");
        var reader = sessions.issue(ada, READ, LIFE).value();
        var writer = sessions.issue(ada, WRITE, LIFE).value();

        bearer(reader).get(STORES + "/" + store + "/events").then().statusCode(200);
        append(bearer(reader), store).statusCode(403).body("type", equalTo("/problems/insufficient-scope"));
        append(bearer(writer), store).statusCode(200);
        bearer(writer)
                .get(STORES + "/" + store + "/events")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/insufficient-scope"));
        bearer(writer).get(STORES + "/" + store + "/live").then().statusCode(403);
        bearer(reader)
                .delete(STORES + "/" + store + "?confirm=todo&generation=1")
                .then()
                .statusCode(403);
    }

    @Test
    void an_api_token_for_one_store_finds_another_as_little_as_one_that_is_missing() {
        var one = made("one");
        var two = made("two");
        var token = sessions.issue(ada, new Rights(true, true, Optional.of(Set.of(StoreId.parse(one)))), LIFE)
                .value();

        append(bearer(token), one).statusCode(200);
        append(bearer(token), two).statusCode(404);
        assertThat(bearer(token)
                        .get(STORES + "/" + two)
                        .then()
                        .statusCode(404)
                        .extract()
                        .asString())
                .isEqualTo(bearer(token)
                        .get(STORES + "/" + UUID.randomUUID())
                        .then()
                        .statusCode(404)
                        .extract()
                        .asString());
        bearer(token).get(STORES).then().body("stores.id", equalTo(java.util.List.of(one)));
        open(bearer(token), "three").then().statusCode(403).body("type", equalTo("/problems/insufficient-scope"));
        open(bearer(token), "one").then().statusCode(200);
    }

    private String made(String name) {
        return open(bearer(TestTokens.user(ada)), name)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static io.restassured.response.Response open(RequestSpecification as, String name) {
        return as.contentType(ContentType.JSON)
                .body("{\"name\":\"" + name + "\"}")
                .post(STORES);
    }

    private static io.restassured.response.ValidatableResponse append(RequestSpecification as, String store) {
        return as.contentType(ContentType.JSON)
                .body("{\"events\":[{\"type\":\"t\",\"data\":1}]}")
                .post(STORES + "/" + store + "/events")
                .then();
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static RequestSpecification with(String session) {
        return given().header("Cookie", "hearth_session=" + session);
    }
}
