package dev.hearth.sync.nativeface;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.hearth.testkit.InMemorySessions;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Stores that belong to a household: made for it, reached by its members, each by a name of their own.
@QuarkusTest
@WithTestResource(TestServers.OnlyPostgres.class)
class HouseholdStoresIT {
    private static final String ALIAS = "/api/v1/stores/aliases/";

    @Inject
    InMemorySessions sessions;

    private UUID ada;
    private UUID ben;
    private UUID household;

    @BeforeEach
    void two_of_a_household() {
        ada = sessions.someone();
        ben = sessions.someone();
        household = sessions.household(ada, ben);
    }

    @Test
    void a_member_makes_a_store_for_the_household_and_the_others_reach_it() {
        String store = open(ada, "{\"name\":\"chores\",\"household\":\"" + household + "\"}")
                .statusCode(201)
                .body("owner", equalTo("household:" + household))
                .extract()
                .path("id");

        as(ben).get("/api/v1/stores/" + store).then().statusCode(200);
        as(sessions.someone()).get("/api/v1/stores/" + store).then().statusCode(404);
        open(sessions.someone(), "{\"name\":\"chores\",\"household\":\"" + household + "\"}")
                .statusCode(403);
    }

    @Test
    void any_faces_client_reaches_it_by_the_name_its_user_gave_it() {
        String store = name(ada, "livestore/our list", "household", household)
                .statusCode(200)
                .body("face", equalTo("livestore"))
                .extract()
                .path("id");

        name(ben, "livestore/our list", "household", household).statusCode(200).body("id", equalTo(store));
        name(ben, "livestore/todo", "store", UUID.fromString(store)).statusCode(200);
        livestorePush(ben, "todo").body("[0].exit._tag", equalTo("Success"));

        as(ada).get("/api/v1/stores/" + store).then().body("head", equalTo(1));
        as(ben).get(ALIAS + "livestore/todo").then().statusCode(200).body("store", equalTo(store));
    }

    @Test
    void whoever_left_does_not_get_a_new_store_under_the_old_name() {
        name(ben, "livestore/todo", "household", household).statusCode(200);
        sessions.leave(household, ben);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> livestorePush(ben, "todo").body("[0].exit._tag", equalTo("Failure")));
        as(ben).get("/api/v1/stores").then().body("stores", empty());

        as(ben).delete(ALIAS + "livestore/todo").then().statusCode(204);
        as(ben).delete(ALIAS + "livestore/todo").then().statusCode(404);
        livestorePush(ben, "todo").body("[0].exit._tag", equalTo("Success"));
    }

    @Test
    void a_name_is_refused_with_its_reason() {
        String own = open(ben, "{\"name\":\"mine\"}").extract().path("id");
        String shared = open(ben, "{\"name\":\"ours\",\"household\":\"" + household + "\"}")
                .extract()
                .path("id");
        var foreign = UUID.fromString(
                open(sessions.someone(), "{\"name\":\"x\"}").extract().path("id"));

        name(ben, "native/mine", "store", UUID.fromString(shared))
                .statusCode(409)
                .body("type", equalTo("/problems/name-taken"));
        name(ben, "livestore/x", "store", UUID.fromString(own)).statusCode(403).body("face", equalTo("native"));
        name(ben, "native/x", "store", foreign).statusCode(404).body("type", equalTo("/problems/store-not-found"));
        name(ben, "native/x", "household", UUID.randomUUID()).statusCode(403);
        name(ben, "native/" + "x".repeat(201), "store", UUID.fromString(shared)).statusCode(400);
        put(ben, "native/x", "{}").statusCode(400);
        as(ben).get(ALIAS + "native/unknown").then().statusCode(404).body("type", equalTo("/problems/not-found"));
    }

    private ValidatableResponse open(UUID user, String body) {
        return as(user).contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/stores")
                .then();
    }

    private ValidatableResponse name(UUID user, String name, String kind, UUID id) {
        return put(user, name, "{\"" + kind + "\":\"" + id + "\"}");
    }

    private ValidatableResponse put(UUID user, String name, String body) {
        return as(user).contentType(ContentType.JSON)
                .body(body)
                .put(ALIAS + name)
                .then();
    }

    private ValidatableResponse livestorePush(UUID user, String store) {
        var event = "{\"name\":\"v1.Done\",\"args\":{},\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"c\","
                + "\"sessionId\":\"s\"}";
        return as(user).contentType(ContentType.JSON)
                .body("{\"_tag\":\"Request\",\"id\":\"1\",\"tag\":\"SyncHttpRpc.Push\",\"payload\":{\"storeId\":\""
                        + store + "\",\"batch\":[" + event + "],\"backendId\":{\"_tag\":\"None\"}},\"headers\":[]}")
                .post("/faces/livestore")
                .then();
    }

    private static RequestSpecification as(UUID user) {
        return given().header("Authorization", "Bearer " + TestTokens.user(user));
    }
}
