package dev.hearth.auth.household;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Statuses;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestServers.class)
class HouseholdsIT {
    private static final String HOUSEHOLDS = "/api/v1/households";

    private final UUID ada = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();
    private final UUID outsider = UUID.randomUUID();
    private String home = "";

    @BeforeEach
    void ada_has_a_household() {
        home = json(ada, Map.of("name", "Elm Street"))
                .post(HOUSEHOLDS)
                .then()
                .statusCode(201)
                .body("role", equalTo("admin"))
                .extract()
                .path("id");
    }

    @Test
    void who_is_invited_gets_in_once() {
        var issued = invite(ada, Map.of());
        String code = issued.path("code");

        issued.then().body("link", endsWith("/?invite=" + code));
        given().get("/api/v1/invites/" + code).then().statusCode(200).body("household", equalTo("Elm Street"));
        accept(ben, code).then().statusCode(200).body("id", equalTo(home));

        refused(accept(outsider, code), ProblemType.INVITE_INVALID);
        as(ben).get("/api/v1/account")
                .then()
                .body("principals", containsInAnyOrder("user:" + ben, "household:" + home));
        as(ben).get(HOUSEHOLDS).then().body("name", contains("Elm Street")).body("role", contains("member"));
        as(ada).get(members()).then().body("id", containsInAnyOrder(ada.toString(), ben.toString()));
    }

    @Test
    void of_two_who_come_with_one_code_at_once_one_gets_in() {
        String code = invite(ada, Map.of()).path("code");
        as(ben).get("/api/v1/account");
        as(outsider).get("/api/v1/account");

        var first = CompletableFuture.supplyAsync(() -> accept(ben, code).statusCode());
        var second = CompletableFuture.supplyAsync(() -> accept(outsider, code).statusCode());

        assertThat(List.of(first.join(), second.join())).containsExactlyInAnyOrder(200, 404);
        as(ada).get(members()).then().body("$", hasSize(2));
    }

    @Test
    void a_revoked_code_is_like_one_that_never_was() {
        var issued = invite(ada, Map.of("days", 1, "role", "admin"));
        String id = issued.path("invite.id");
        as(ada).get(HOUSEHOLDS + "/" + home + "/invites").then().body("role", contains("admin"));

        as(ada).delete(HOUSEHOLDS + "/" + home + "/invites/" + id).then().statusCode(204);

        var revoked = given().get("/api/v1/invites/" + issued.path("code"));
        var never = given().get("/api/v1/invites/0000-0000-0000-0000");
        var nonsense = given().get("/api/v1/invites/nonsense");
        refused(revoked, ProblemType.INVITE_INVALID);
        assertThat(never.asString()).isEqualTo(revoked.asString()).isEqualTo(nonsense.asString());
        as(ada).get(HOUSEHOLDS + "/" + home + "/invites").then().body("$", empty());
    }

    @ParameterizedTest
    @CsvSource({"days,0", "days,31", "role,owner"})
    void an_invite_that_cannot_be_meant_is_refused(String field, String value) {
        Object meant = field.equals("days") ? Integer.valueOf(value) : value;

        refused(invite(ada, Map.of(field, meant)), ProblemType.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void a_household_has_a_name(String name) {
        refused(json(ada, Map.of("name", name)).post(HOUSEHOLDS), ProblemType.INVALID_REQUEST);
        refused(json(ada, Map.of("name", name)).patch(HOUSEHOLDS + "/" + home), ProblemType.INVALID_REQUEST);
    }

    @Test
    void to_an_outsider_a_household_looks_like_none() {
        var missing = as(outsider).get(HOUSEHOLDS + "/" + UUID.randomUUID() + "/members");

        for (Response answer : new Response[] {
            as(outsider).get(members()),
            json(outsider, Map.of("name", "Mine")).patch(HOUSEHOLDS + "/" + home),
            as(outsider).delete(members() + "/" + ada),
            json(outsider, Map.of("role", "admin")).put(members() + "/" + outsider),
            invite(outsider, Map.of()),
            as(outsider).get(HOUSEHOLDS + "/" + home + "/invites"),
            as(outsider).delete(HOUSEHOLDS + "/" + home + "/invites/" + UUID.randomUUID())
        }) {
            refused(answer, ProblemType.NOT_FOUND);
            assertThat(answer.asString()).isEqualTo(missing.asString());
        }
        as(ada).get(HOUSEHOLDS).then().body("name", contains("Elm Street"));
    }

    @Test
    void a_member_does_not_do_what_administrators_do() {
        accept(ben, invite(ada, Map.of()).path("code"));

        refused(json(ben, Map.of("name", "Mine")).patch(HOUSEHOLDS + "/" + home), ProblemType.FORBIDDEN);
        refused(as(ben).delete(members() + "/" + ada), ProblemType.FORBIDDEN);
        refused(json(ben, Map.of("role", "admin")).put(members() + "/" + ben), ProblemType.FORBIDDEN);
        refused(invite(ben, Map.of()), ProblemType.FORBIDDEN);
    }

    @Test
    void a_household_keeps_an_administrator_until_the_last_one_leaves() {
        accept(ben, invite(ada, Map.of()).path("code"));

        refused(as(ada).delete(members() + "/" + ada), ProblemType.FORBIDDEN);
        refused(json(ada, Map.of("role", "member")).put(members() + "/" + ada), ProblemType.FORBIDDEN);
        json(ada, Map.of("role", "admin")).put(members() + "/" + ben).then().statusCode(204);
        as(ada).delete(members() + "/" + ada).then().statusCode(204);
        as(ben).delete(members() + "/" + ben).then().statusCode(204);

        as(ben).get(HOUSEHOLDS).then().body("$", empty());
        refused(as(ben).get(members()), ProblemType.NOT_FOUND);
    }

    @Test
    void who_is_taken_out_is_out() {
        accept(ben, invite(ada, Map.of()).path("code"));

        as(ada).delete(members() + "/" + ben).then().statusCode(204);

        refused(as(ben).get(members()), ProblemType.NOT_FOUND);
        as(ben).get("/api/v1/account").then().body("principals", contains("user:" + ben));
        refused(as(ada).delete(members() + "/" + ben), ProblemType.NOT_FOUND);
    }

    @Test
    void a_household_is_renamed() {
        json(ada, Map.of("name", " Oak Lane "))
                .patch(HOUSEHOLDS + "/" + home)
                .then()
                .statusCode(200);

        as(ada).get(HOUSEHOLDS).then().body("name", contains("Oak Lane"));
    }

    private String members() {
        return HOUSEHOLDS + "/" + home + "/members";
    }

    private Response invite(UUID user, Map<String, ?> wanted) {
        return json(user, wanted).post(HOUSEHOLDS + "/" + home + "/invites");
    }

    private static Response accept(UUID user, String code) {
        return as(user).post("/api/v1/invites/" + code + "/accept");
    }

    private static RequestSpecification json(UUID user, Map<String, ?> body) {
        return as(user).contentType(ContentType.JSON).body(body);
    }

    /// A new token each time: what a remembered one may do is forgotten within seconds, not at once.
    private static RequestSpecification as(UUID user) {
        return given().header("Authorization", "Bearer " + TestTokens.user(user));
    }

    private static void refused(Response response, ProblemType type) {
        response.then().statusCode(Statuses.of(type)).body("type", equalTo(type.type()));
    }
}
