package dev.hearth.auth.keycloak;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.hearth.auth.identity.Invites;
import dev.hearth.auth.identity.Member;
import dev.hearth.auth.identity.OnVertx;
import dev.hearth.auth.identity.RealIdentities;
import dev.hearth.auth.keycloak.KeycloakPeople.Added;
import dev.hearth.embedded.RealmOptions;
import dev.hearth.embedded.RealmOptions.Smtp;
import dev.hearth.embedded.RealmOptions.Social;
import dev.hearth.embedded.Secret;
import dev.hearth.testkit.TestKeycloak;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The realm as it is shipped, asked the way auth asks it.
@QuarkusTest
@WithTestResource(TestServers.WithKeycloak.class)
class KeycloakIT {
    private static final Password RIGHT = new Password("correct horse battery");

    @Inject
    Keycloak keycloak;

    @Inject
    KeycloakPeople people;

    @Inject
    RealIdentities identities;

    @Inject
    Invites invites;

    @Test
    void a_right_password_tells_who_it_is() {
        var email = email();
        var id = ((Added.Person) add(email, RIGHT)).id();

        var check = check(email, RIGHT);

        assertThat(check).isInstanceOfSatisfying(PasswordCheck.Right.class, right -> {
            assertThat(right.login().user()).isEqualTo(id);
            assertThat(right.login().sid()).isPresent();
            assertThat(right.login().claims().email()).contains(email);
            assertThat(right.login().claims().admin()).isFalse();
        });
    }

    @Test
    void a_wrong_password_and_an_unknown_address_look_the_same() {
        var email = email();
        add(email, RIGHT);

        assertThat(check(email, new Password("something else"))).isEqualTo(new PasswordCheck.Wrong());
        assertThat(check(email(), RIGHT)).isEqualTo(new PasswordCheck.Wrong());
    }

    @Test
    void guesses_are_locked_out_after_ten_even_when_one_is_right() {
        var email = email();
        add(email, RIGHT);

        for (int guess = 1; guess <= 10; guess++) {
            check(email, new Password("guess number " + guess));
        }

        assertThat(check(email, RIGHT)).isEqualTo(new PasswordCheck.Wrong());
    }

    @Test
    void an_address_has_one_account() {
        var email = email();
        add(email, RIGHT);

        assertThat(add(email, RIGHT)).isEqualTo(new Added.EmailTaken());
    }

    @ParameterizedTest
    @CsvSource({
        "short one,invalidPasswordMinLengthMessage",
        "qwertyuiop,invalidPasswordBlacklistedMessage",
        "QWERTYUIOP,invalidPasswordBlacklistedMessage",
        "1234567890,invalidPasswordBlacklistedMessage"
    })
    void a_password_that_is_short_or_common_is_refused(String password, String reason) {
        assertThat(add(email(), new Password(password))).isEqualTo(new Added.Refused(reason));
    }

    @Test
    void a_realm_is_brought_up_to_its_file_however_often_and_with_what_the_operator_adds() {
        var smtp = new Smtp(
                "mail.example.org",
                587,
                "hearth@example.org",
                Smtp.Security.STARTTLS,
                Optional.of(new Smtp.User("hearth", Secret.random())));
        var social = List.of(
                new Social(Social.Provider.GOOGLE, "a", Secret.random()),
                new Social(Social.Provider.APPLE, "b", Secret.random()),
                new Social(Social.Provider.MICROSOFT, "c", Secret.random()));

        TestKeycloak.applyRealm(new RealmOptions(Optional.of(smtp), false, social));
        TestKeycloak.applyRealm(new RealmOptions(Optional.of(smtp), false, social));
        TestKeycloak.applyRealm(RealmOptions.NONE);

        assertThat(OnVertx.await(() -> people.cameBySocialSignIn(UUID.randomUUID())))
                .isFalse();
    }

    @Test
    void a_refresh_token_that_is_used_twice_ends_its_login() {
        var email = email();
        add(email, RIGHT);
        String first = token("password", Map.of("username", email, "password", RIGHT.value(), "scope", "openid"))
                .path("refresh_token");
        String second = token("refresh_token", Map.of("refresh_token", first)).path("refresh_token");

        token("refresh_token", Map.of("refresh_token", first)).then().statusCode(400);

        token("refresh_token", Map.of("refresh_token", second)).then().statusCode(400);
    }

    private static Response token(String grant, Map<String, String> form) {
        var config = TestKeycloak.config();
        return given().formParams(form)
                .formParam("grant_type", grant)
                .formParam("client_id", "hearth-auth")
                .formParam("client_secret", config.get("hearth.auth.secret"))
                .post(config.get("hearth.keycloak.url") + "/realms/hearth/protocol/openid-connect/token");
    }

    @Test
    void who_has_an_invite_registers_and_belongs_to_the_household() {
        var host = identities.someone();
        var home = identities.household(host);
        var code = OnVertx.await(
                        () -> invites.issue(host, home, Member.Role.MEMBER, Duration.ofDays(1), Optional.empty()))
                .code();
        var email = email();

        register(email(), Optional.empty())
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/registration-closed"));
        register(email(), Optional.of("0000-0000-0000-0000"))
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/invite-invalid"));
        var registered = register(email, Optional.of(code.written()));

        registered.then().statusCode(201);
        given().cookie("hearth_session", registered.cookie("hearth_session"))
                .get("/api/v1/households")
                .then()
                .body("id", contains(home.toString()));
        register(email(), Optional.of(code.written())).then().statusCode(404);
    }

    @Test
    void where_no_mail_is_sent_whoever_invites_hands_the_link_over() {
        var host = identities.someone();
        var home = identities.household(host);

        var issued = given().cookie("hearth_session", identities.signIn(host).value())
                .contentType(ContentType.JSON)
                .body(Map.of("email", email()))
                .post("/api/v1/households/" + home + "/invites");

        issued.then()
                .statusCode(201)
                .body("invite.mail.status", equalTo("by-hand"))
                .body("link", endsWith("/?invite=" + issued.path("code")));
    }

    private static Response register(String email, Optional<String> invite) {
        var body = new HashMap<String, Object>(Map.of("email", email, "password", RIGHT.value()));
        invite.ifPresent(code -> body.put("invite", code));
        return given().contentType(ContentType.JSON).body(body).post("/auth/register");
    }

    private Added add(String email, Password password) {
        return OnVertx.await(() -> people.add(email, Optional.of("Ada"), password));
    }

    private PasswordCheck check(String email, Password password) {
        return OnVertx.await(() -> keycloak.check(email, password));
    }

    private static String email() {
        return "ada-" + UUID.randomUUID() + "@example.org";
    }
}
