package dev.hearth.auth.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.hearth.auth.OpenDoors;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Statuses;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In and out, at a real Keycloak.
@QuarkusTest
@TestProfile(OpenDoors.class)
@WithTestResource(TestServers.WithKeycloak.class)
class SignInIT {
    private static final String COOKIE = "hearth_session";
    private static final String PASSWORD = "correct horse battery";

    @Test
    void who_registers_is_in() {
        var email = email();

        var registered = register(email, PASSWORD);

        registered
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("email", equalTo(email))
                .body("session.id", notNullValue());
        with(cookie(registered))
                .get("/api/v1/account")
                .then()
                .statusCode(200)
                .body("email", equalTo(email))
                .body("timeZone", equalTo("Europe/Berlin"))
                .body("terms.version", equalTo("2026-11"));
    }

    @Test
    void the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        var set = register(email(), PASSWORD).getDetailedCookie(COOKIE);

        assertThat(set.isHttpOnly()).isTrue();
        assertThat(set.getSameSite()).isEqualTo("Lax");
        assertThat(set.getPath()).isEqualTo("/");
        assertThat(set.getValue()).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void who_signs_in_gets_another_session_and_the_one_before_ends() {
        var email = email();
        var first = cookie(register(email, PASSWORD));

        var second = login(given().cookie(COOKIE, first), email, PASSWORD);

        second.then().statusCode(200).body("email", equalTo(email));
        isOut(first);
        assertThat(whoAmI(cookie(second))).isEqualTo(200);
    }

    @Test
    void who_signs_out_is_out_and_may_do_so_twice() {
        var cookie = cookie(register(email(), PASSWORD));

        with(cookie).post("/auth/logout").then().statusCode(200).body("revoked", equalTo(true));

        isOut(cookie);
        with(cookie).post("/auth/logout").then().statusCode(200).body("revoked", equalTo(false));
        given().post("/auth/logout").then().statusCode(200);
    }

    @Test
    void an_address_is_taken_once() {
        var email = email();
        register(email, PASSWORD);

        refused(register(email.toUpperCase(), PASSWORD), ProblemType.EMAIL_TAKEN);
    }

    @ParameterizedTest
    @CsvSource({"too short,10 characters", "qwertyuiop,most common"})
    void a_bad_password_is_told_why(String password, String why) {
        refused(register(email(), password), ProblemType.PASSWORD_REFUSED).body("detail", containsString(why));
    }

    @Test
    void terms_are_accepted_by_naming_them() {
        var body = registration(email(), PASSWORD);
        body.remove("acceptedTerms");

        refused(json(body).post("/auth/register"), ProblemType.TERMS_NOT_ACCEPTED)
                .body("detail", containsString("2026-11"));
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        refused(register("nobody", PASSWORD), ProblemType.INVALID_REQUEST);
        refused(login(given(), "a@b@c", PASSWORD), ProblemType.INVALID_REQUEST);
        refused(login(given(), email(), "x".repeat(1_001)), ProblemType.INVALID_REQUEST);
        refused(json(Map.of("email", email())).post("/auth/login"), ProblemType.INVALID_REQUEST);
        refused(given().contentType("text/plain").body("{}").post("/auth/login"), ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void wrong_and_unknown_are_one_answer_at_one_time() {
        var email = email();
        register(email, PASSWORD);
        login(given(), email, "warms up what is compiled late");
        login(given(), email(), PASSWORD);

        var wrong = login(given(), email, "something else");
        var unknown = login(given(), email(), PASSWORD);

        refused(wrong, ProblemType.SIGN_IN_REFUSED);
        assertThat(unknown.asString()).isEqualTo(wrong.asString());
        assertThat((double) unknown.time()).isBetween(wrong.time() * 0.9, wrong.time() * 1.1);
        assertThat(wrong.time()).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void another_sites_page_can_neither_sign_in_nor_act() {
        var email = email();
        var cookie = cookie(register(email, PASSWORD));
        var other = given().header("Sec-Fetch-Site", "cross-site");

        refused(login(other, email, PASSWORD), ProblemType.CROSS_SITE);
        refused(
                with(cookie).header("Sec-Fetch-Site", "cross-site").delete("/api/v1/account/sessions"),
                ProblemType.CROSS_SITE);
        with(cookie)
                .header("Origin", "https://evil.example")
                .delete("/api/v1/account/sessions")
                .then()
                .statusCode(403);
    }

    @Test
    void the_password_again_gives_the_session_another_secret() {
        var registered = register(email(), PASSWORD);
        var before = cookie(registered);

        refused(
                json(Map.of("password", "another one")).cookie(COOKIE, before).post("/auth/step-up"),
                ProblemType.SIGN_IN_REFUSED);
        var again = json(Map.of("password", PASSWORD)).cookie(COOKIE, before).post("/auth/step-up");

        again.then().statusCode(200).body("session.id", equalTo(registered.path("session.id")));
        isOut(before);
        assertThat(whoAmI(cookie(again))).isEqualTo(200);
        json(Map.of("name", "backup", "scopes", List.of("read")))
                .cookie(COOKIE, cookie(again))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201);
    }

    @Test
    void sessions_are_listed_and_ended_by_their_owner() {
        var email = email();
        var phone = cookie(register(email, PASSWORD));
        var laptop = cookie(
                login(given().header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"), email, PASSWORD));
        var stranger = cookie(register(email(), PASSWORD));

        var list = with(laptop).get("/api/v1/account/sessions");
        list.then().body("$", hasSize(2)).body("find { it.current }.device", equalTo("Firefox on Linux"));
        String other = list.path("find { !it.current }.id");

        refused(with(stranger).delete("/api/v1/account/sessions/" + other), ProblemType.NOT_FOUND);
        refused(with(laptop).delete("/api/v1/account/sessions/nonsense"), ProblemType.NOT_FOUND);
        with(laptop).delete("/api/v1/account/sessions/" + other).then().statusCode(204);
        isOut(phone);
        assertThat(whoAmI(laptop)).isEqualTo(200);
        with(laptop).delete("/api/v1/account/sessions").then().body("ended", equalTo(0));
    }

    @Test
    void a_browser_comes_back_signed_in_to_where_it_wanted() {
        var email = email();
        register(email, PASSWORD);

        var back = atThePage("/auth/login?return=/lists", email);

        back.then().statusCode(303).header("Location", "/lists");
        assertThat(whoAmI(cookie(back))).isEqualTo(200);
        with(cookie(back)).post("/auth/logout").then().body("revoked", equalTo(true));
        isOut(cookie(back));
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example,/", "//evil.example,/", "/\\evil.example,/", "/a?b=c,/a?b=c"})
    void nobody_is_sent_anywhere_but_to_a_path_of_ours(String wanted, String goal) {
        var sent =
                given().redirects().follow(false).queryParam("return", wanted).get("/auth/login");

        var carried = Journey.read(sent.cookie(Journey.COOKIE)).orElseThrow();

        assertThat(carried.goal()).isEqualTo(goal);
    }

    @Test
    void who_comes_back_without_having_gone_is_not_in() {
        var back = given().redirects().follow(false).get("/auth/callback?code=x&state=y");

        back.then().statusCode(303).header("Location", "/?sign-in=failed");
        assertThat(back.cookie(COOKIE)).isNull();
    }

    /// Goes to Keycloak's page, types there, and gives the answer to the way back.
    private static Response atThePage(String start, String email) {
        var sent = given().redirects().follow(false).get(start);
        var page = given().redirects().follow(false).urlEncodingEnabled(false).get(sent.header("Location"));
        var form = Pattern.compile("action=\"([^\"]+)\"").matcher(page.asString());
        assertThat(form.find()).as(page.asString()).isTrue();
        var typed = given().redirects()
                .follow(false)
                .urlEncodingEnabled(true)
                .cookies(page.cookies())
                .formParam("username", email)
                .formParam("password", PASSWORD)
                .post(URI.create(form.group(1).replace("&amp;", "&")));
        var callback = URI.create(typed.header("Location"));
        var request = given().redirects().follow(false).cookies(sent.cookies());
        Arrays.stream(callback.getRawQuery().split("&"))
                .map(part -> part.split("=", 2))
                .forEach(part -> request.queryParam(
                        part[0], java.net.URLDecoder.decode(part[1], java.nio.charset.StandardCharsets.UTF_8)));
        return request.get(callback.getPath());
    }

    private static Response register(String email, String password) {
        return json(registration(email, password)).post("/auth/register");
    }

    private static Map<String, Object> registration(String email, String password) {
        return new HashMap<>(
                Map.of("email", email, "password", password, "timeZone", "Europe/Berlin", "acceptedTerms", "2026-11"));
    }

    private static Response login(RequestSpecification request, String email, String password) {
        return request.contentType(ContentType.JSON)
                .body(Map.of("email", email, "password", password))
                .post("/auth/login");
    }

    private static RequestSpecification json(Map<String, ?> body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    private static RequestSpecification with(String cookie) {
        return given().cookie(COOKIE, cookie);
    }

    private static int whoAmI(String cookie) {
        return with(cookie).get("/auth/whoami").statusCode();
    }

    /// Within the five seconds in which every service has heard of it.
    private static void isOut(String cookie) {
        var latest = Instant.now().plusSeconds(5);
        while (whoAmI(cookie) != 401) {
            assertThat(Instant.now()).isBefore(latest);
        }
    }

    private static String cookie(Response response) {
        var cookie = response.cookie(COOKIE);
        assertThat(cookie).as(response.asString()).isNotEmpty();
        return cookie;
    }

    private static ValidatableResponse refused(Response response, ProblemType type) {
        return response.then().statusCode(Statuses.of(type)).body("type", equalTo(type.type()));
    }

    private static String email() {
        return "ada-" + UUID.randomUUID() + "@example.org";
    }
}
