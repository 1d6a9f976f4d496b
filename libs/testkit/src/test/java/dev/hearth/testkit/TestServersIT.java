package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.embedded.PostgresAddress;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.embedded.Secret;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class TestServersIT {
    @Test
    void every_role_enters_with_its_password_and_sees_its_own_schema() throws SQLException {
        for (String role : PostgresRoles.names()) {
            if (role.equals(PostgresRoles.KEYCLOAK)) {
                continue;
            }
            try (var connection = as(role).connect(PostgresRoles.DATABASE);
                    var rows = connection.createStatement().executeQuery("SELECT current_schema()")) {
                assertThat(rows.next()).isTrue();
                assertThat(role).startsWith(rows.getString(1));
            }
        }
    }

    @Test
    void no_serving_role_can_make_a_table() throws SQLException {
        try (var connection = as("event_store").connect(PostgresRoles.DATABASE);
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE TABLE mine (id int)"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void roles_may_be_provisioned_at_every_start() throws SQLException {
        Map<String, Secret> passwords = PostgresRoles.names().stream()
                .collect(Collectors.toMap(
                        role -> role,
                        role -> new Secret(TestPostgres.config().get("hearth.postgres.password." + role))));

        PostgresRoles.provision(TestPostgres.address(), passwords);

        try (var connection = as("sync").connect(PostgresRoles.DATABASE)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void kafka_answers() throws Exception {
        var properties = new Properties();
        properties.put("bootstrap.servers", TestKafka.config().get("kafka.bootstrap.servers"));

        try (var admin = Admin.create(properties)) {
            assertThat(admin.describeCluster().nodes().get(20, TimeUnit.SECONDS))
                    .hasSize(1);
        }
    }

    @Test
    void a_second_asker_gets_the_same_servers() {
        assertThat(TestMqtt.config()).isEqualTo(TestMqtt.config());
    }

    private static PostgresAddress as(String role) {
        var address = TestPostgres.address();
        String password = TestPostgres.config().get("hearth.postgres.password." + role);
        return new PostgresAddress(address.host(), address.port(), role, new Secret(password));
    }
}
