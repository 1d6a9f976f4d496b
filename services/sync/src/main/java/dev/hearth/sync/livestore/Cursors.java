package dev.hearth.sync.livestore;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Sequence;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// Translates a client's cursor, the number of the last event it has, into the log's sequence.
///
/// Numbers ascend, so an event's number is never below its sequence; where they are equal at the head they are equal
/// throughout, which is what real clients write. A store with gaps in its numbers is searched.
final class Cursors {
    private final EventLog log;

    Cursors(EventLog log) {
        this.log = log;
    }

    /// The sequence of the last event whose number is at or below the cursor.
    Uni<Sequence> sequence(Caller caller, Store store, Alias cursor) {
        if (cursor.compareTo(store.headAlias()) >= 0) {
            return Uni.createFrom().item(store.head());
        }
        if (store.headAlias().value() == store.head().value()) {
            return Uni.createFrom().item(new Sequence(cursor.value()));
        }
        return search(caller, store, cursor, 0, Math.min(store.head().value(), cursor.value()));
    }

    /// The answer lies between `low` and `high`, both included.
    private Uni<Sequence> search(Caller caller, Store store, Alias cursor, long low, long high) {
        if (low == high) {
            return Uni.createFrom().item(new Sequence(low));
        }
        long middle = low + (high - low + 1) / 2;
        return alias(caller, store, middle)
                .flatMap(alias -> alias.compareTo(cursor) <= 0
                        ? search(caller, store, cursor, middle, high)
                        : search(caller, store, cursor, low, middle - 1));
    }

    private Uni<Alias> alias(Caller caller, Store store, long sequence) {
        var read = new Read(
                store.id(),
                Optional.of(store.generation()),
                Optional.empty(),
                sequence - 1,
                Direction.FORWARD,
                1,
                Read.DEFAULT_MAX_BYTES);
        return log.read(caller, read).map(result -> switch (result) {
            case ReadResult.Page page -> page.events().getFirst().alias().orElse(Alias.ROOT);
            case ReadResult.UnknownStore _, ReadResult.GenerationChanged _ ->
                throw new Refused("the store's history was replaced just now");
        });
    }
}
