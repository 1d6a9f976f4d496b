package dev.hearth.standalone.sweep;

import dev.hearth.embedded.PostgresRoles;
import dev.hearth.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What stands in the tables, seen by the superuser, past every wall.
final class Rows {
    /// Columns that change when their own owner comes, or a relay goes by.
    private static final String PASSING = "'{seen_at,used_at,published,sent,told_at}'::text[]";
    /// Keycloak notes its own logins and attempts.
    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
              and c.relname not like 'flyway%' and c.relname not like '%session%' || case when current_database() =
                  'keycloak' then '' else 'x' end
            order by 1""";

    /// They set it for the policies, or look for themselves what this user may.
    private static final String NAMING = """
            select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname not in ('pg_catalog', 'information_schema')
              and (p.prosrc like '%set_config(''hearth.principals''%' or p.proargnames[1] = 'p_admin'
                   or p.proname = 'members_of')""";

    private Rows() {}

    /// For each table, how many rows tell of one of these ids, and a hash of all of them.
    static Map<String, String> of(Collection<String> ids) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        for (String database : new String[] {PostgresRoles.DATABASE, PostgresRoles.KEYCLOAK}) {
            try (var connection = TestPostgres.address().connect(database)) {
                for (String table : tables(connection)) {
                    var hash = hash(connection, table, ids);
                    if (!hash.startsWith("0 ")) {
                        found.put(database + "/" + table, hash);
                    }
                }
            }
        }
        return found;
    }

    private static Collection<String> tables(Connection connection) throws SQLException {
        var tables = new java.util.ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static String hash(Connection connection, String table, Collection<String> ids) throws SQLException {
        var query = "select count(*) || ' ' || coalesce(md5(string_agg(r, ',' order by r)), '') from ("
                + "select (to_jsonb(t) - " + PASSING + ")::text as r from " + table + " t) x"
                + " where r like any (?)";
        try (var statement = connection.prepareStatement(query)) {
            var like = ids.stream().map(id -> "%" + id + "%").toArray();
            statement.setArray(1, connection.createArrayOf("text", like));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /// The functions whose first parameter says who asks.
    static Set<String> naming(String database) {
        Set<String> functions = new TreeSet<>();
        try (var connection = TestPostgres.address().connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(NAMING)) {
            while (rows.next()) {
                functions.add(rows.getString(1));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return functions;
    }
}
