package dev.hearth.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Where a Postgres server is, and how its superuser enters.
public record PostgresAddress(String host, int port, String superuser, Secret password) {
    /// A connection of the superuser's.
    public Connection connect(String database) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(superuser);
        source.setPassword(password.value());
        source.setConnectTimeout(5);
        return source.getConnection();
    }
}
