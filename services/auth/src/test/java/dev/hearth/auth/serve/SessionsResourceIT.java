package dev.hearth.auth.serve;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may ask. What is answered is for the port's contract suite.
@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class SessionsResourceIT {

    @ParameterizedTest
    @ValueSource(strings = {"holder", "standing", "changes"})
    void only_services_are_told_anything(String operation) {
        ask(TestTokens.user(UUID.randomUUID()), operation, "{}").statusCode(403);
        ask(TestTokens.admin(UUID.randomUUID()), operation, "{}").statusCode(403);
        ask("nonsense", operation, "{}").statusCode(401);
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/internal/sessions/" + operation)
                .then()
                .statusCode(401);
    }

    @Test
    void a_service_is_told_where_the_feed_ends() {
        ask(TestTokens.service(), "changes", "{}").statusCode(200).body("lost", equalTo(false));
    }

    @ParameterizedTest
    @CsvSource({"holder, {}", "standing, {\"user\":\"secret-123\"}", "changes, [", "holder, secret-123"})
    void what_cannot_be_read_is_refused_and_not_repeated(String operation, String body) {
        var answer = ask(TestTokens.service(), operation, body)
                .statusCode(400)
                .extract()
                .asString();

        assertThat(answer).contains("/problems/invalid-request").doesNotContain("secret-123");
    }

    private static ValidatableResponse ask(String token, String operation, String body) {
        return given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/internal/sessions/" + operation)
                .then();
    }
}
