package dev.hearth.sync.livestore;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.nullValue;

import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A web app on an origin of its own reaches the face, where the operator has named that origin.
@QuarkusTest
@TestProfile(CrossOriginIT.OneOrigin.class)
@WithTestResource(TestServers.OnlyPostgres.class)
class CrossOriginIT {
    private static final String APP = "https://app.example";

    public static final class OneOrigin implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("hearth.cors.origins", APP);
        }
    }

    @Test
    void the_named_origin_may_send_what_the_client_sends() {
        given().header("Origin", APP)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,x-livestore-store-id,traceparent,b3")
                .options(LiveStoreFace.PATH)
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", APP)
                .header("Access-Control-Allow-Headers", containsStringIgnoringCase("x-livestore-store-id"));
    }

    @Test
    void the_named_origin_gets_its_answer() {
        given().header("Origin", APP)
                .header("Authorization", "Bearer " + TestTokens.user(UUID.randomUUID()))
                .contentType("application/json")
                .body("{\"_tag\":\"Request\",\"id\":\"1\",\"tag\":\"SyncHttpRpc.Ping\",\"payload\":{}}")
                .post(LiveStoreFace.PATH)
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", APP);
    }

    @Test
    void another_origin_is_refused() {
        given().header("Origin", "https://evil.example")
                .header("Authorization", "Bearer " + TestTokens.user(UUID.randomUUID()))
                .contentType("application/json")
                .body("{\"_tag\":\"Request\",\"id\":\"1\",\"tag\":\"SyncHttpRpc.Ping\",\"payload\":{}}")
                .post(LiveStoreFace.PATH)
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }
}
