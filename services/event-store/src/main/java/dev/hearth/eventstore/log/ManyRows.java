package dev.hearth.eventstore.log;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.Assigned;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.postgres.Database;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The database function `append_many`: its parameters and its rows.
final class ManyRows {
    static final String APPEND_MANY = """
            select store, generation, head, head_alias
            from append_many($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """;

    private ManyRows() {}

    /// Whether the function knows what to do with it, as long as its events are new.
    static boolean takes(Append append) {
        return append.expectation() instanceof Expectation.Any
                && append.unlocked().isEmpty()
                && append.events().stream().allMatch(event -> event.alias().isEmpty());
    }

    static Tuple of(Caller caller, List<Append> appends) {
        List<NewEvent> events =
                appends.stream().flatMap(append -> append.events().stream()).toList();
        var stores = appends.stream()
                .flatMap(append ->
                        append.events().stream().map(_ -> append.store().value()))
                .toArray(UUID[]::new);
        var row = Tuple.tuple()
                .addArrayOfString(Database.principals(caller))
                .addString(caller.user().toString())
                .addArrayOfUUID(stores);
        Columns.addWhatItIs(row, events);
        return Columns.addWhereItIsFrom(row, events).addArrayOfString(traces(appends));
    }

    private static @Nullable String[] traces(List<Append> appends) {
        return appends.stream()
                .flatMap(append ->
                        Collections.nCopies(
                                append.events().size(),
                                append.trace().map(Trace::toString).orElse(null))
                                .stream())
                .toArray(String[]::new);
    }

    /// In the order of `appends`; nothing for one that was not appended and has to go the long way.
    static List<Optional<Appended>> results(RowSet<Row> rows, List<Append> appends) {
        Map<StoreId, Row> grown = new HashMap<>();
        rows.forEach(row -> grown.put(new StoreId(row.getUUID("store")), row));
        // Backward from where each store ends now.
        Map<StoreId, Long> ends = new HashMap<>();
        grown.forEach((store, row) -> ends.put(store, row.getLong("head")));
        List<Optional<Appended>> results = new ArrayList<>();
        for (Append append : appends.reversed()) {
            var row = grown.get(append.store());
            if (row == null) {
                results.add(Optional.empty());
                continue;
            }
            long first = ends.merge(append.store(), -(long) append.events().size(), Long::sum) + 1;
            results.add(Optional.of(appended(row, append, first)));
        }
        return results.reversed();
    }

    private static Appended appended(Row row, Append append, long first) {
        var assigned = new ArrayList<Assigned>(append.events().size());
        for (NewEvent event : append.events()) {
            assigned.add(new Assigned(event.id(), new Sequence(first + assigned.size()), false, false));
        }
        return new Appended(
                new Generation(row.getLong("generation")),
                new Sequence(row.getLong("head")),
                new Alias(row.getLong("head_alias")),
                assigned);
    }
}
