package dev.hearth.auth.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Rights;
import dev.hearth.testkit.TestPostgres;
import dev.hearth.testkit.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The second wall, tried with the serving role and no wall before it.
@QuarkusTest
@WithTestResource(TestServers.class)
class RowSecurityIT {
    @Inject
    RealIdentities identities;

    @Inject
    Tables tables;

    private UUID ada = new UUID(0, 0);
    private UUID ben = new UUID(0, 0);

    @BeforeEach
    void two_people_who_have_everything() throws SQLException {
        ada = somebodyWithEverything();
        ben = somebodyWithEverything();
    }

    private UUID somebodyWithEverything() throws SQLException {
        var user = identities.someone();
        identities.signIn(user);
        identities.issue(user, Rights.ALL, Duration.ofHours(1));
        identities.household(user);
        identities.endLogin(user, "sid-" + user);
        try (var superuser = TestPostgres.address().connect("hearth")) {
            changed(
                    superuser,
                    "insert into auth.deletion (account, requested_at, due_at, step) values ('" + user
                            + "', now(), now(), 'DONE')");
        }
        return user;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account",
                "session",
                "api_token",
                "household",
                "member",
                "ended_login",
                "invite",
                "invite_made",
                "deletion"
            })
    void who_names_nobody_sees_nothing(String table) throws SQLException {
        try (var connection = asService()) {
            assertThat(column(connection, "select 1 from " + table)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "api_token", "member", "ended_login", "deletion"})
    void who_names_themselves_sees_their_own_rows_alone(String table) throws SQLException {
        try (var connection = as(ada)) {
            assertThat(column(connection, "select account from " + table)).containsOnly(ada.toString());
        }
    }

    @Test
    void nobody_writes_anothers_row() throws SQLException {
        try (var connection = as(ada)) {
            assertThat(changed(connection, "update account set admin = true where id = '" + ben + "'"))
                    .isZero();
            assertThat(changed(connection, "delete from session where account = '" + ben + "'"))
                    .isZero();
            assertThatThrownBy(() -> changed(
                            connection,
                            "insert into api_token (id, account, hash, name, can_read, can_write, created_at,"
                                    + " expires_at) values (gen_random_uuid(), '" + ben + "', sha256('x'), 'x', true,"
                                    + " true, now(), now())"))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void nobody_makes_themselves_a_member() throws SQLException {
        try (var other = as(ben);
                var connection = as(ada)) {
            var household = column(other, "select household from member").getFirst();

            assertThatThrownBy(() -> changed(
                            connection,
                            "insert into member (household, account, role, joined_at) values ('" + household + "', '"
                                    + ada + "', 'ADMIN', now())"))
                    .hasMessageContaining("row-level security");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity_event", "audit"})
    void what_is_told_and_noted_is_not_read_past_its_functions(String table) throws SQLException {
        try (var connection = as(ada)) {
            assertThatThrownBy(() -> column(connection, "select subject from " + table))
                    .hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"accounts_for('%s', null, null, 10)", "audit_for('%s', null, 10)", "figures_for('%s')"})
    void who_is_no_administrator_gets_nothing_from_their_functions(String function) throws SQLException {
        try (var connection = as(ada)) {
            assertThat(column(connection, "select 1 from " + function.formatted(ada)))
                    .isEmpty();
        }
    }

    @Test
    void the_code_that_an_invite_is_sent_with_is_not_read_past_its_function() throws SQLException {
        try (var connection = as(ada)) {
            assertThat(column(connection, "select address from invite_mail")).isEmpty();
            assertThatThrownBy(() -> column(connection, "select code from invite_mail"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> changed(connection, "update invite_mail set state = 'SENT'"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void an_entity_of_somebody_elses_is_not_found() {
        var caller = Caller.of(Principal.user(ada));

        assertThat(OnVertx.<Account>await(() -> tables.inTransaction(caller, tx -> tx.find(Account.class, ben))))
                .isNull();
        assertThat(OnVertx.<Account>await(() -> tables.inTransaction(caller, tx -> tx.find(Account.class, ada))))
                .isNotNull();
    }

    @Test
    void what_has_ended_is_taken_away_and_told() throws SQLException {
        try (var superuser = TestPostgres.address().connect("hearth");
                var connection = as(ada)) {
            var ended = column(connection, "select id from session").getFirst();
            changed(
                    superuser,
                    "update auth.session set seen_at = now() - interval '31 days' where id = '" + ended + "'");

            column(connection, "select delete_ended(now(), interval '30 days', now() - interval '1 day')");

            assertThat(column(connection, "select id from session")).isEmpty();
            assertThat(column(
                            superuser,
                            "select type from auth.identity_event where state is null and subject = 'session:" + ended
                                    + "'"))
                    .containsExactly("session-ended");
        }
    }

    private static Connection as(UUID user) throws SQLException {
        var connection = asService();
        column(connection, "select set_config('hearth.principals', '{user:" + user + "}', false)");
        return connection;
    }

    private static Connection asService() throws SQLException {
        var config = TestPostgres.config();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + config.get("hearth.postgres.host") + ":" + config.get("hearth.postgres.port")
                        + "/" + config.get("hearth.postgres.database"),
                "auth",
                config.get("hearth.postgres.password.auth"));
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static int changed(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
