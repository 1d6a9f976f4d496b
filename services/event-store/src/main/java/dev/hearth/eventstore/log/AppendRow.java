package dev.hearth.eventstore.log;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.AliasNotAscending;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.Assigned;
import dev.hearth.eventlog.AppendResult.Locked;
import dev.hearth.eventlog.AppendResult.UnknownStore;
import dev.hearth.eventlog.AppendResult.WrongHead;
import dev.hearth.eventlog.AppendResult.WrongRevision;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.Unlocked;
import dev.hearth.postgres.Database;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The database function `append`: its parameters and its one row.
final class AppendRow {
    static final String APPEND = """
            select outcome, generation, head, head_alias, detail, sequences, known, differs
            from append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                        $22)
            """;

    /// The expectation as the function reads it.
    private record Expected(
            String kind, @Nullable Long value, @Nullable String stream) {
        static Expected of(Expectation expectation) {
            return switch (expectation) {
                case Expectation.Any() -> new Expected("any", null, null);
                case Expectation.AtHead(var head) -> new Expected("head", head.value(), null);
                case Expectation.AtAlias(var alias) -> new Expected("alias", alias.value(), null);
                case Expectation.NoStream(var stream) -> new Expected("no-stream", null, stream.value());
                case Expectation.StreamExists(var stream) -> new Expected("stream-exists", null, stream.value());
                case Expectation.AtRevision(StreamId stream, Revision revision) ->
                    new Expected("revision", revision.value(), stream.value());
            };
        }
    }

    private AppendRow() {}

    static Tuple of(Caller caller, Append append) {
        var expected = Expected.of(append.expectation());
        var events = append.events();
        var row = Tuple.tuple()
                .addArrayOfString(Database.principals(caller))
                .addUUID(append.store().value())
                .addString(caller.user().toString())
                .addString(expected.kind())
                .addLong(expected.value())
                .addString(expected.stream())
                .addUUID(append.unlocked().map(Unlocked::vault).orElse(null))
                .addLong(append.unlocked().map(Unlocked::epoch).orElse(null));
        Columns.addWhatItIs(row, events)
                .addArrayOfLong(Columns.optional(
                        events, Long[]::new, event -> event.alias().map(Alias::value)));
        return Columns.addWhereItIsFrom(row, events)
                .addString(append.trace().map(Trace::toString).orElse(null));
    }

    static AppendResult result(Row row, Append append) {
        return switch (row.getString("outcome")) {
            case "appended" -> appended(row, append);
            case "unknown-store" -> new UnknownStore();
            case "locked" -> new Locked(row.getLong("detail"));
            case "wrong-head" -> new WrongHead(generation(row), head(row), new Alias(row.getLong("head_alias")));
            case "wrong-revision" -> new WrongRevision(generation(row), head(row), new Revision(row.getLong("detail")));
            case "alias" -> notAscending(row, append);
            case String other -> throw new IllegalStateException("the database answered an append with " + other);
        };
    }

    private static Appended appended(Row row, Append append) {
        var sequences = row.getArrayOfLongs("sequences");
        var known = row.getArrayOfBooleans("known");
        var differs = row.getArrayOfBooleans("differs");
        var assigned = new ArrayList<Assigned>(append.events().size());
        for (int place = 0; place < append.events().size(); place++) {
            var id = append.events().get(place).id();
            assigned.add(new Assigned(id, new Sequence(sequences[place]), known[place], differs[place]));
        }
        return new Appended(generation(row), head(row), new Alias(row.getLong("head_alias")), assigned);
    }

    private static AliasNotAscending notAscending(Row row, Append append) {
        int place = Math.toIntExact(row.getLong("detail") - 1);
        long previous = append.events().subList(0, place).stream()
                .flatMap(event -> event.alias().stream())
                .mapToLong(Alias::value)
                .reduce(row.getLong("head_alias"), Math::max);
        return new AliasNotAscending(append.events().get(place).id(), new Alias(previous));
    }

    private static Generation generation(Row row) {
        return new Generation(row.getLong("generation"));
    }

    private static Sequence head(Row row) {
        return new Sequence(row.getLong("head"));
    }
}
