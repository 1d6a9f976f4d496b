package dev.hearth.auth.answers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Problem;
import dev.hearth.problems.Statuses;
import dev.hearth.testkit.Complaints;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is wrong with a request, the answer is a problem of the catalogue: of the HTTP layer's own refusals too.
@QuarkusTest
@WithTestResource(TestServers.class)
class ProblemAnswersIT {
    private static final int LIMIT = 32 * 1024 * 1024;
    private static final String WORDS = "{\"text\":\"a\",\"times\":1}";
    private static final int CHUNK = 32 * 1024;

    @Test
    void an_address_without_a_resource_is_not_found() {
        refused(given().get("/nowhere"), ProblemType.NOT_FOUND);
        refused(given().get("/api/v1/account/nothing"), ProblemType.NOT_FOUND);
        refused(given().post("/"), ProblemType.NOT_FOUND);
    }

    @Test
    void a_method_that_an_address_does_not_know_is_not_allowed() {
        refused(given().delete("/problems"), ProblemType.METHOD_NOT_ALLOWED);
    }

    @Test
    void a_body_of_another_media_type_is_not_supported() {
        refused(body("a: 1", "application/yaml").post("/echo"), ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void an_answer_that_nobody_can_give_is_not_acceptable() {
        refused(given().accept("image/png").get("/problems"), ProblemType.NOT_ACCEPTABLE);
    }

    @Test
    void a_request_without_a_token_is_not_authenticated() {
        refused(given().get("/api/v1/account"), ProblemType.NOT_AUTHENTICATED)
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("detail", containsString("Authorization"));
    }

    @Test
    void an_expired_token_is_refused() {
        refused(as(TestTokens.expired(UUID.randomUUID())), ProblemType.NOT_AUTHENTICATED)
                .header("WWW-Authenticate", containsString("Bearer"));
    }

    @Test
    void a_token_for_another_audience_is_refused() {
        refused(as(TestTokens.forAnotherAudience(UUID.randomUUID())), ProblemType.NOT_AUTHENTICATED);
    }

    @Test
    void a_token_signed_by_nobody_is_refused() {
        var token = TestTokens.user(UUID.randomUUID());
        var unsigned = token.substring(0, token.lastIndexOf('.') + 1);

        refused(as(unsigned), ProblemType.NOT_AUTHENTICATED);
        refused(as(unsigned + "AAAA"), ProblemType.NOT_AUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", ".", "....", "a.", ".a", "eyJhbGciOiJub25lIn0.e30."})
    void a_malformed_token_is_refused(String token) {
        refused(as(token), ProblemType.NOT_AUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Basic YTpi", "nonsense"})
    void a_malformed_authorization_is_refused(String header) {
        refused(given().header("Authorization", header).get("/api/v1/account"), ProblemType.NOT_AUTHENTICATED);
    }

    @Test
    void a_right_that_the_caller_lacks_is_forbidden() {
        refused(
                given().header("Authorization", "Bearer " + TestTokens.user(UUID.randomUUID()))
                        .get("/echo/service"),
                ProblemType.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"text\":", "not json", "{\"text\":\"a\"}}", "{'text':'a'}"})
    void what_is_no_json_is_told_so(String text) {
        refused(json(text), ProblemType.INVALID_JSON);
    }

    @Test
    void what_follows_the_value_is_not_passed_over() {
        refused(json("{\"text\":\"a\",\"times\":1} {}"), ProblemType.INVALID_REQUEST);
    }

    @Test
    void an_unknown_field_is_named() {
        refused(json("{\"text\":\"a\",\"times\":1,\"colour\":\"red\"}"), ProblemType.INVALID_REQUEST)
                .body("detail", containsString("colour"));
    }

    @Test
    void a_value_that_does_not_fit_is_named_and_not_repeated() {
        refused(json("{\"text\":\"a\",\"times\":\"very private\"}"), ProblemType.INVALID_REQUEST)
                .body("detail", containsString("times"))
                .body("detail", not(containsString("private")));
    }

    @Test
    void deep_json_is_refused() {
        refused(json("[".repeat(100_000) + "]".repeat(100_000)), ProblemType.INVALID_REQUEST, ProblemType.INVALID_JSON);
        refused(
                json("{\"text\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
                ProblemType.INVALID_REQUEST,
                ProblemType.INVALID_JSON);
    }

    @Test
    void a_body_at_the_limit_is_read() {
        refused(json("x".repeat(LIMIT)), ProblemType.INVALID_JSON);
    }

    @Test
    void a_body_over_the_limit_is_too_large() {
        refused(json("x".repeat(LIMIT + 1)), ProblemType.PAYLOAD_TOO_LARGE);
    }

    @Test
    void a_chunked_body_at_the_limit_is_read() throws IOException {
        assertThat(chunked(WORDS, LIMIT)).startsWith("HTTP/1.1 200 ").contains("\"text\":\"a\"");
    }

    @Test
    void a_chunked_body_over_the_limit_is_too_large() throws IOException {
        try (var complaints = new Complaints()) {
            for (int over : new int[] {1, 2 * LIMIT}) {
                assertThat(chunked(WORDS, LIMIT + over))
                        .startsWith("HTTP/1.1 413 ")
                        .contains(Problem.MEDIA_TYPE, ProblemType.PAYLOAD_TOO_LARGE.type(), "\"allowed\":" + LIMIT);
            }
            assertThat(complaints.heard()).isEmpty();
        }
    }

    /// The answer to a text filled up with spaces to that many bytes, whose length is not said beforehand.
    private static String chunked(String text, int bytes) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            out.write(("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(chunk(text));
            for (int left = bytes - text.length(); left > 0; left -= CHUNK) {
                out.write(chunk(" ".repeat(Math.min(left, CHUNK))));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] chunk(String text) {
        return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH,/api/v1/account",
        "POST,/api/v1/account/terms",
        "POST,/api/v1/tokens",
        "POST,/api/v1/households",
        "PATCH,/api/v1/households/00000000-0000-0000-0000-000000000000",
        "PUT,/api/v1/households/00000000-0000-0000-0000-000000000000/members/00000000-0000-0000-0000-000000000000",
        "POST,/api/v1/households/00000000-0000-0000-0000-000000000000/invites",
        "PUT,/api/v1/admin/users/00000000-0000-0000-0000-000000000000/state",
        "POST,/auth/register",
        "POST,/auth/login",
        "POST,/auth/step-up"
    })
    void a_body_that_says_nothing_is_no_failure_of_the_server(String method, String path) {
        for (String nothing : new String[] {"", "null", "[]", "\"\"", "{\"name\":null}", "{\"scopes\":[null]}"}) {
            int status = body(nothing, "application/json")
                    .header("Authorization", "Bearer " + TestTokens.admin(UUID.randomUUID()))
                    .request(method, path)
                    .statusCode();

            assertThat(status).as(nothing).isBetween(200, 499);
        }
    }

    @Test
    void what_goes_wrong_inside_is_not_told_outside() {
        refused(given().get("/echo/broken"), ProblemType.INTERNAL)
                .body("detail", not(containsString(EchoResource.SECRET)))
                .body("detail", not(containsString("Exception")));
    }

    private static Response as(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/v1/account");
    }

    private static Response json(String text) {
        return body(text, "application/json").post("/echo");
    }

    private static RequestSpecification body(String text, String mediaType) {
        // Sent as it is, without a charset of RestAssured's.
        var encoding = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(encoding))
                .header("Content-Type", mediaType)
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ValidatableResponse refused(Response response, ProblemType... oneOf) {
        String type = response.then().contentType(Problem.MEDIA_TYPE).extract().path("type");
        var expected = Arrays.stream(oneOf)
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElse(oneOf[0]);
        return response.then()
                .statusCode(Statuses.of(expected))
                .body("type", equalTo(expected.type()))
                .body("status", equalTo(Statuses.of(expected)))
                .body("title", equalTo(expected.title()));
    }
}
