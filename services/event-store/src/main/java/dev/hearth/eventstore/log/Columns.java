package dev.hearth.eventstore.log;

import dev.hearth.eventlog.NewEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/// Events as the database functions take them: an array a column.
final class Columns {
    private Columns() {}

    static <E, T> T[] column(List<E> events, IntFunction<T[]> array, Function<E, T> value) {
        var column = array.apply(events.size());
        for (int place = 0; place < column.length; place++) {
            column[place] = value.apply(events.get(place));
        }
        return column;
    }

    static <T> T[] optional(List<NewEvent> events, IntFunction<T[]> array, Function<NewEvent, Optional<T>> value) {
        return column(events, array, event -> value.apply(event).orElse(null));
    }

    static Tuple addWhatItIs(Tuple row, List<NewEvent> events) {
        return row.addArrayOfString(
                        column(events, String[]::new, event -> event.id().value()))
                .addArrayOfString(
                        column(events, String[]::new, event -> event.stream().value()))
                .addArrayOfString(column(events, String[]::new, NewEvent::type))
                .addValue(column(
                        events,
                        Buffer[]::new,
                        event -> Buffer.buffer(event.payload().bytes())))
                .addArrayOfString(column(events, String[]::new, NewEvent::contentType))
                .addArrayOfBoolean(column(events, Boolean[]::new, NewEvent::isPrivate));
    }

    static Tuple addWhereItIsFrom(Tuple row, List<NewEvent> events) {
        return row.addArrayOfString(
                        optional(events, String[]::new, event -> event.origin().device()))
                .addArrayOfString(
                        optional(events, String[]::new, event -> event.origin().session()))
                .addArrayOfString(
                        optional(events, String[]::new, event -> event.origin().correlation()))
                .addArrayOfString(
                        optional(events, String[]::new, event -> event.origin().causation()))
                .addArrayOfOffsetDateTime(optional(
                        events,
                        OffsetDateTime[]::new,
                        event -> event.occurredAt().map(time -> time.atOffset(ZoneOffset.UTC))))
                .addArrayOfString(optional(events, String[]::new, Columns::attributes));
    }

    private static Optional<String> attributes(NewEvent event) {
        if (event.attributes().isEmpty()) {
            return Optional.empty();
        }
        var json = new JsonObject();
        event.attributes().forEach(json::put);
        return Optional.of(json.encode());
    }
}
