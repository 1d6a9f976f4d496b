package dev.hearth.auth.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.hearth.auth.identity.RealIdentities;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(TestServers.class)
class AccountIT {
    private static final String ACCOUNT = "/api/v1/account";

    @Inject
    RealIdentities identities;

    @Test
    void the_first_token_of_somebody_makes_their_account() {
        var id = UUID.randomUUID();

        var answer = as(id).get(ACCOUNT);

        answer.then()
                .statusCode(200)
                .body("id", equalTo(id.toString()))
                .body("timeZone", equalTo("Etc/UTC"))
                .body("principals", contains("user:" + id))
                .body("expiresAt", notNullValue());
    }

    @Test
    void a_person_changes_what_they_name_and_nothing_else() {
        var id = UUID.randomUUID();

        change(id, Map.of("name", " Ada ", "timeZone", "Europe/Berlin")).then().statusCode(200);
        change(id, Map.of("locale", "de-AT")).then().statusCode(200);

        as(id).get(ACCOUNT)
                .then()
                .body("name", equalTo("Ada"))
                .body("timeZone", equalTo("Europe/Berlin"))
                .body("locale", equalTo("de-AT"));
    }

    @ParameterizedTest
    @CsvSource({
        "name,' '",
        "name,'a\u0000b'",
        "timeZone,Mars/Olympus",
        "timeZone,+02:00",
        "timeZone,''",
        "locale,not a language",
        "locale,''",
        "colour,red"
    })
    void what_cannot_be_meant_changes_nothing(String field, String value) {
        refused(change(UUID.randomUUID(), Map.of(field, value)), ProblemType.INVALID_REQUEST);
    }

    @Test
    void terms_that_do_not_hold_cannot_be_accepted() {
        refused(
                as(UUID.randomUUID())
                        .contentType(ContentType.JSON)
                        .body(Map.of("version", "1999"))
                        .post(ACCOUNT + "/terms"),
                ProblemType.INVALID_REQUEST);
    }

    @Test
    void age_is_attested_by_an_act() {
        var id = UUID.randomUUID();

        as(id).post(ACCOUNT + "/age").then().statusCode(200).body("ageAttestedAt", notNullValue());
    }

    @Test
    void an_api_token_may_ask_whose_it_is_and_no_more() {
        var ada = identities.someone();
        var token = identities.issue(ada, Rights.ALL, Duration.ofHours(1)).value();
        var program = given().header("Authorization", "Bearer " + token);

        program.get(ACCOUNT).then().statusCode(200).body("id", equalTo(ada.toString()));
        refused(program.get(ACCOUNT + "/sessions"), ProblemType.INSUFFICIENT_SCOPE);
        refused(program.get("/api/v1/tokens"), ProblemType.INSUFFICIENT_SCOPE);
        refused(
                program.contentType(ContentType.JSON).body(Map.of("name", "x")).patch(ACCOUNT),
                ProblemType.INSUFFICIENT_SCOPE);
    }

    @Test
    void a_cookie_opens_the_account_and_a_disabled_person_is_out() {
        var ada = identities.someone();
        var cookie = identities.signIn(ada).value();
        given().cookie("hearth_session", cookie).get(ACCOUNT).then().statusCode(200);

        identities.disable(ada);

        var latest = Instant.now().plusSeconds(5);
        while (given().cookie("hearth_session", cookie).get(ACCOUNT).statusCode() != 401) {
            assertThat(Instant.now()).isBefore(latest);
        }
        refused(as(ada).get(ACCOUNT), ProblemType.NOT_AUTHENTICATED);
    }

    private static RequestSpecification as(UUID user) {
        return given().header("Authorization", "Bearer " + TestTokens.user(user));
    }

    private static Response change(UUID user, Map<String, String> change) {
        return as(user).contentType(ContentType.JSON).body(change).patch(ACCOUNT);
    }

    private static void refused(Response response, ProblemType type) {
        response.then().statusCode(Statuses.of(type)).body("type", equalTo(type.type()));
    }
}
