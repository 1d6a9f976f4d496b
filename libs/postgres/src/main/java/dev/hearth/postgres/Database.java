package dev.hearth.postgres;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A service's tables, reached only under a caller. Row-level security reads the setting `hearth.principals`, which
/// lasts for one transaction; without it the tenants' tables look empty. See
/// `docs/adr/0006-row-security-is-the-second-wall.md`.
public final class Database {
    private final Pool pool;

    public Database(Pool pool) {
        this.pool = pool;
    }

    /// Runs `work` in a transaction that sees what this caller's principals own.
    public <T> Uni<T> inTransaction(Caller caller, Function<SqlConnection, Uni<T>> work) {
        return inTransaction(caller.principals(), work);
    }

    /// Runs `work` in a transaction that sees what these principals own. For work on behalf of several owners.
    public <T> Uni<T> inTransaction(Set<Principal> owners, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("select set_config('hearth.principals', $1, true)")
                .execute(Tuple.of(setting(owners)))
                .flatMap(_ -> work.apply(connection)));
    }

    /// Runs `work` in a transaction of the service itself: no tenant's rows are seen.
    public <T> Uni<T> inServiceTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    /// One round trip: a function of ours that names its caller itself. Its first parameter is `principals(caller)`.
    public Uni<RowSet<Row>> call(String function, Tuple parameters) {
        return pool.preparedQuery(function).execute(parameters);
    }

    /// The caller's principals as the policies read them.
    public static String[] principals(Caller caller) {
        return caller.principals().stream().map(Principal::toString).toArray(String[]::new);
    }

    private static String setting(Set<Principal> principals) {
        return principals.stream().map(Principal::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
