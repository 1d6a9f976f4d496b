package dev.hearth.auth.account;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestServers.class)
class AccountIT {
    @Test
    void a_token_tells_whose_it_is() {
        var id = UUID.randomUUID();

        var answer =
                given().header("Authorization", "Bearer " + TestTokens.user(id)).get("/api/v1/account");

        answer.then()
                .statusCode(200)
                .body("id", equalTo(id.toString()))
                .body("principals", contains("user:" + id))
                .body("expiresAt", notNullValue());
    }
}
