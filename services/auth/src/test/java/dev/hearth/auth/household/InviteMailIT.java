package dev.hearth.auth.household;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.hearth.contracts.ProblemType;
import dev.hearth.testkit.TestMail;
import dev.hearth.testkit.TestPostgres;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestServers.class)
class InviteMailIT {
    private static final Pattern LINK = Pattern.compile("/\\?invite=(?:3D)?([0-9A-Z-]{19})");

    private final UUID ada = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();
    private final String address = "ben-" + ben + "@example.org";
    private String invites = "";

    @BeforeEach
    void ada_has_a_household() {
        String home = json(ada, Map.of("name", "Elm Street"))
                .post("/api/v1/households")
                .path("id");
        invites = "/api/v1/households/" + home + "/invites";
    }

    @Test
    void who_is_invited_by_mail_gets_in_by_its_link() {
        invite(address).then().statusCode(201).body("invite.mail.status", equalTo("waiting"));

        await(() -> "sent".equals(status()));
        as(ada).get(invites).then().body("[0].mail.address", equalTo(address));
        as(ben).post("/api/v1/invites/" + code() + "/accept").then().statusCode(200);
        assertThat(TestMail.to(address)).hasSize(1);
    }

    @Test
    void of_the_code_nothing_stays_once_it_was_sent() {
        invite(address);
        await(() -> "sent".equals(status()));

        assertThat(kept("code")).isNull();
    }

    @Test
    void what_the_mail_server_does_not_take_now_is_sent_later() {
        TestMail.full(() -> {
            invite(address);
            await(() -> Integer.parseInt(String.valueOf(kept("attempts"))) > 1);
            assertThat(status()).isEqualTo("waiting");
        });

        await(() -> "sent".equals(status()));
        assertThat(TestMail.to(address)).hasSize(1);
    }

    @Test
    void an_address_that_the_mail_server_refuses_is_told_as_failed() {
        invite("ben@" + ben + ".invalid");

        await(() -> "failed".equals(status()));
        assertThat(kept("code")).isNull();
    }

    @Test
    void an_invite_that_was_taken_back_is_not_sent() {
        TestMail.full(() -> {
            String id = invite(address).path("invite.id");
            as(ada).delete(invites + "/" + id).then().statusCode(204);
        });
        String another = "other-" + address;
        invite(another);
        await(() -> "sent".equals(status()));

        assertThat(TestMail.to(address)).isEmpty();
    }

    @Test
    void with_an_invites_end_its_address_goes() throws SQLException {
        invite(address);
        await(() -> "sent".equals(status()));
        try (var connection = TestPostgres.address().connect("hearth");
                var statement = connection.prepareStatement("select auth.forget_invite_mails(?)")) {
            statement.setObject(1, Instant.now().plus(Duration.ofDays(8)).atOffset(ZoneOffset.UTC));
            statement.execute();
        }

        assertThat(kept("address")).isNull();
    }

    @Test
    void what_is_no_address_is_refused() {
        refused(invite("not an address"), ProblemType.INVALID_REQUEST);
        refused(invite("a@b>, c@d"), ProblemType.INVALID_REQUEST);
    }

    @Test
    void somebody_makes_so_many_invites_an_hour_and_no_more() {
        for (int i = 0; i < 30; i++) {
            String id = json(ada, Map.of())
                    .post(invites)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("invite.id");
            as(ada).delete(invites + "/" + id);
        }

        refused(json(ada, Map.of()).post(invites), ProblemType.TOO_MANY_REQUESTS);
    }

    private Response invite(String to) {
        return json(ada, Map.of("email", to)).post(invites);
    }

    private @Nullable String status() {
        return as(ada).get(invites).jsonPath().getString("[0].mail.status");
    }

    private String code() {
        var link = LINK.matcher(TestMail.to(address).getLast().replace("=\r\n", ""));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    /// What stands in the row of the household's invite.
    private @Nullable String kept(String column) {
        try (var connection = TestPostgres.address().connect("hearth");
                var statement = connection.prepareStatement(
                        "select " + column + " from auth.invite_mail where household = ?::uuid")) {
            statement.setString(1, invites.split("/")[4]);
            var rows = statement.executeQuery();
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void await(BooleanSupplier condition) {
        var end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    private static RequestSpecification json(UUID user, Map<String, ?> body) {
        return as(user).contentType(ContentType.JSON).body(body);
    }

    private static RequestSpecification as(UUID user) {
        return given().header("Authorization", "Bearer " + TestTokens.user(user));
    }

    private static void refused(Response response, ProblemType type) {
        response.then().body("type", equalTo(type.type()));
    }
}
