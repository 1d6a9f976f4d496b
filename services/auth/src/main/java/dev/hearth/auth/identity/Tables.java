package dev.hearth.auth.identity;

import dev.hearth.contracts.Caller;
import dev.hearth.postgres.Database;
import io.quarkus.hibernate.orm.PersistenceUnit;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/// The one door to the tables. Entities are seen in a transaction that names its caller, and no others'; what has to be
/// known before there is a caller is asked of a function.
@ApplicationScoped
public class Tables {
    private static final String NAME_CALLER = "select set_config('hearth.principals', :principals, true)";

    private final Mutiny.SessionFactory factory;
    private final Database functions;

    Tables(@PersistenceUnit("auth") Mutiny.SessionFactory factory, @ReactiveDataSource("auth") Pool pool) {
        this.factory = factory;
        this.functions = new Database(pool);
    }

    /// Runs `work` in a transaction that sees what this caller's principals own.
    public <T> Uni<T> inTransaction(Caller caller, Function<Mutiny.Session, Uni<T>> work) {
        var principals = "{" + String.join(",", Database.principals(caller)) + "}";
        // A session of its own, so that no other work of this request can be in it, under another caller.
        return factory.openSession()
                .flatMap(session -> session.withTransaction(_ -> session.createNativeQuery(NAME_CALLER, String.class)
                                .setParameter("principals", principals)
                                .getSingleResult()
                                .flatMap(_ -> work.apply(session)))
                        .eventually(session::close));
    }

    /// One round trip: a function of ours that needs no caller.
    public Uni<RowSet<Row>> call(String function, Tuple parameters) {
        return functions.call(function, parameters);
    }
}
