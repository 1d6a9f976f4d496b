package dev.hearth.projection.consume;

import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.messaging.LogMessage;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.view.PostgresParked;
import dev.hearth.projection.view.PostgresParked.Unsent;
import dev.hearth.projection.view.Projector;
import dev.hearth.projection.view.StoreDirectory;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Takes parked events to the dead-letter topic: an outbox. What was sent and not noted is sent again.
final class ParkedLetters {
    private static final int AT_ONCE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final EventLog log;
    private final StoreDirectory directory;
    private final PostgresParked parked;
    private final DeadLetters letters;

    ParkedLetters(EventLog log, StoreDirectory directory, PostgresParked parked, DeadLetters letters) {
        this.log = log;
        this.directory = directory;
        this.parked = parked;
        this.letters = letters;
    }

    /// Sends what is there; how many that were.
    int send() throws Exception {
        var unsent = now(parked.unsent(AT_ONCE));
        if (unsent.isEmpty()) {
            return 0;
        }
        var stores = now(directory.find(unsent.stream().map(Unsent::store).collect(Collectors.<StoreId>toSet())));
        for (var event : unsent) {
            var store = stores.get(event.store());
            if (store != null) {
                send(store, event);
            }
        }
        return unsent.size();
    }

    private void send(StoreFacts store, Unsent unsent) throws Exception {
        var reason = now(parked.reason(store, unsent));
        var event = find(store, unsent);
        if (reason.isPresent() && event.isPresent()) {
            letters.send(List.of(letters.letter(LogMessage.toRecord(event.get()), reason.get())));
        }
        now(parked.sent(store, unsent));
    }

    /// Empty when its history was replaced.
    private Optional<Event> find(StoreFacts store, Unsent unsent) {
        var read = new Read(
                store.id(),
                Optional.of(unsent.at().generation()),
                Optional.empty(),
                unsent.at().sequence().value() - 1,
                Direction.FORWARD,
                1,
                Read.DEFAULT_MAX_BYTES);
        return now(log.read(Projector.owner(store), read)) instanceof ReadResult.Page page
                ? page.events().stream().findFirst()
                : Optional.empty();
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
