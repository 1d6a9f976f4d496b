package dev.hearth.testkit;

import dev.hearth.embedded.PostgresAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Looks for a text in every column of every table of every schema of every database, Keycloak's too.
public final class Everywhere {
    private static final String COLUMNS = """
            select format('%I.%I', c.table_schema, c.table_name) as relation, format('%I', c.column_name) as name,
                   c.udt_name = 'bytea' as binary
            from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where c.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE'
              and c.udt_name not in ('bool', 'int2', 'int4', 'int8', 'float8', 'numeric', 'timestamptz', 'timestamp')
            """;

    private Everywhere() {}

    /// The columns that have it, as `schema.table.column`.
    public static List<String> with(String text) throws SQLException {
        return with(TestPostgres.address(), text);
    }

    /// In all databases that are there.
    public static List<String> with(PostgresAddress superuser, String text) throws SQLException {
        var found = new ArrayList<String>();
        for (var database : databases(superuser)) {
            try (var connection = superuser.connect(database)) {
                found.addAll(with(connection, text));
            }
        }
        return found;
    }

    private static List<String> databases(PostgresAddress superuser) throws SQLException {
        try (var connection = superuser.connect("postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select datname from pg_database where not datistemplate")) {
            var databases = new ArrayList<String>();
            while (rows.next()) {
                databases.add(rows.getString(1));
            }
            return databases;
        }
    }

    private static List<String> with(Connection connection, String text) throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                if (has(
                        connection,
                        rows.getString("relation"),
                        rows.getString("name"),
                        rows.getBoolean("binary"),
                        text)) {
                    found.add(rows.getString("relation") + "." + rows.getString("name"));
                }
            }
        }
        return found;
    }

    private static boolean has(Connection connection, String relation, String column, boolean binary, String text)
            throws SQLException {
        var query = "select 1 from " + relation + " where "
                + (binary ? "position(? in " + column + ") > 0" : "strpos(lower(" + column + "::text), lower(?)) > 0")
                + " limit 1";
        try (var statement = connection.prepareStatement(query)) {
            if (binary) {
                statement.setBytes(1, text.getBytes(StandardCharsets.UTF_8));
            } else {
                statement.setString(1, text);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
