package dev.hearth.sync.nativeface;

import static io.restassured.RestAssured.given;

import dev.hearth.testkit.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/// The face as one user reaches it.
final class Api {
    final UUID user = UUID.randomUUID();
    private final String token = TestTokens.user(user);

    String token() {
        return token;
    }

    RequestSpecification asked() {
        return given().auth().oauth2(token);
    }

    String open(String name) {
        return asked().contentType(ContentType.JSON)
                .body("{\"name\":\"" + name + "\"}")
                .post("/api/v1/stores")
                .then()
                .extract()
                .path("id");
    }

    ValidatableResponse append(String store, String body) {
        return asked().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/stores/{store}/events", store)
                .then();
    }

    /// The trace that was answered.
    String appendUnder(String store, String body, String... traceparents) {
        var request = asked();
        for (String traceparent : traceparents) {
            request.header("traceparent", traceparent);
        }
        return request.contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/stores/{store}/events", store)
                .then()
                .statusCode(200)
                .extract()
                .header("Trace-Id");
    }

    /// Appends events e<first> to e<last>.
    void fill(String store, int first, int last) {
        var events = new StringBuilder();
        for (int i = first; i <= last; i++) {
            events.append(i == first ? "" : ",")
                    .append("{\"id\":\"e" + i + "\",\"type\":\"noted\",\"data\":{\"n\":" + i + "}}");
        }
        append(store, "{\"events\":[" + events + "]}").statusCode(200);
    }

    ValidatableResponse read(String store, String query) {
        return asked().get("/api/v1/stores/" + store + "/events" + query).then();
    }
}
