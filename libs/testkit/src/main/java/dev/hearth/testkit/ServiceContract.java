package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.embedded.PostgresRoles;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// What a service answers before it does anything of its own. Extended by a `@QuarkusTest`.
public abstract class ServiceContract {
    private final String schema;
    private final String prefix;

    @TestHTTPResource
    URI url;

    /// `schema` is the service's; `prefix` an address of its API to be.
    protected ServiceContract(String schema, String prefix) {
        this.schema = schema;
        this.prefix = prefix;
    }

    @Test
    void it_is_ready_when_its_database_answers() throws IOException, InterruptedException {
        var answer = get("/q/health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"UP\"").containsIgnoringCase("PostgreSQL");
    }

    @Test
    void it_is_alive() throws IOException, InterruptedException {
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void it_tells_its_metrics() throws IOException, InterruptedException {
        var answer = get("/q/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void it_describes_its_api() throws IOException, InterruptedException {
        var answer = get("/q/openapi");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("openapi: 3");
    }

    @Test
    void it_refuses_what_it_does_not_have_with_a_problem() throws IOException, InterruptedException {
        var answer = get(prefix);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("/problems/not-found");
    }

    @Test
    void its_schema_is_migrated() throws SQLException {
        assertThat(count("select count(*) from " + schema + ".flyway_schema_history where success"))
                .isPositive();
    }

    @Test
    void its_serving_role_reaches_no_other_schema() throws SQLException {
        assertThat(count("select count(*) from pg_namespace where nspname not like 'pg\\_%'"
                        + " and nspname not in ('information_schema', '" + schema + "')"
                        + " and has_schema_privilege('" + schema + "', oid, 'usage')"))
                .isZero();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
        }
    }

    private static long count(String query) throws SQLException {
        try (var connection = TestPostgres.address().connect(PostgresRoles.DATABASE);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
