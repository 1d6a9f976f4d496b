package dev.hearth.projection.consume;

import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.messaging.LogMessage;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.view.LogBehind;
import dev.hearth.projection.view.Projector;
import dev.hearth.projection.view.StoreDirectory;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// One view's share of what comes on `hearth.log`: messages become runs of events, a store each, and are folded, many
/// stores
/// together.
final class Incoming implements LogConsumer.Handler {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EventLog log;
    private final StoreDirectory directory;
    private final Projector<?> projector;
    private final DeadLetters deadLetters;
    private final int storesTogether;

    Incoming(
            EventLog log,
            StoreDirectory directory,
            Projector<?> projector,
            DeadLetters deadLetters,
            int storesTogether) {
        this.log = log;
        this.directory = directory;
        this.projector = projector;
        this.deadLetters = deadLetters;
        this.storesTogether = storesTogether;
    }

    private record Received(LogMessage message, ConsumerRecord<String, byte[]> record) {}

    @Override
    public void handle(List<ConsumerRecord<String, byte[]>> records) throws Exception {
        var runs = runs(records);
        var stores = directory.find(runs.keySet()).await().atMost(PATIENCE);
        for (var store : unknown(runs.keySet(), stores)) {
            for (var received : runs.get(store)) {
                deadLetters.send(received.record(), "the log has no such store");
            }
        }
        var known = runs.entrySet().stream()
                .filter(run -> stores.containsKey(run.getKey()))
                .toList();
        Multi.createFrom()
                .iterable(known)
                .group()
                .intoLists()
                .of(storesTogether)
                .onItem()
                .transformToUniAndConcatenate(part -> fold(part, stores)
                        .onFailure(LogBehind.class)
                        .recoverWithUni(behind -> foldOthers(part, stores, behind)))
                .collect()
                .last()
                .await()
                .atMost(PATIENCE);
    }

    /// Neither known nor closed: what was written into a closed store is to be kept nowhere.
    private Set<StoreId> unknown(Set<StoreId> all, Map<StoreId, StoreFacts> stores) {
        var unknown = new LinkedHashSet<>(all);
        unknown.removeAll(stores.keySet());
        if (!unknown.isEmpty()) {
            unknown.removeAll(log.closed(unknown).await().atMost(PATIENCE));
        }
        return unknown;
    }

    private Map<StoreId, List<Received>> runs(List<ConsumerRecord<String, byte[]>> records) throws Exception {
        var runs = new LinkedHashMap<StoreId, List<Received>>();
        for (var record : records) {
            try {
                var message = LogMessage.read(record);
                runs.computeIfAbsent(message.event().store(), _ -> new ArrayList<>())
                        .add(new Received(message, record));
            } catch (IllegalArgumentException notOurs) {
                deadLetters.send(record, "not an event");
            }
        }
        return runs;
    }

    /// Without those that were closed since they were asked about; if there is none, the log is behind.
    private Uni<Void> foldOthers(
            List<Map.Entry<StoreId, List<Received>>> part, Map<StoreId, StoreFacts> stores, Throwable behind) {
        return log.closed(part.stream().map(Map.Entry::getKey).toList()).flatMap(closed -> {
            if (closed.isEmpty()) {
                return Uni.createFrom().failure(behind);
            }
            directory.forget(closed);
            return fold(
                    part.stream().filter(run -> !closed.contains(run.getKey())).toList(), stores);
        });
    }

    private Uni<Void> fold(List<Map.Entry<StoreId, List<Received>>> part, Map<StoreId, StoreFacts> stores) {
        var events = new LinkedHashMap<StoreFacts, List<Event>>();
        return Multi.createFrom()
                .iterable(part)
                .onItem()
                .transformToUniAndConcatenate(run -> {
                    var store = stores.get(run.getKey());
                    return whole(store, run.getValue()).invoke(found -> {
                        if (!found.isEmpty()) {
                            events.put(store, found);
                        }
                    });
                })
                .collect()
                .last()
                .flatMap(_ -> events.isEmpty() ? Uni.createFrom().voidItem() : projector.apply(events));
    }

    private Uni<List<Event>> whole(StoreFacts store, List<Received> run) {
        return Multi.createFrom()
                .iterable(run)
                .onItem()
                .transformToUniAndConcatenate(received -> whole(store, received.message()))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    /// The event with its payload; empty when its history was replaced since.
    private Uni<Optional<Event>> whole(StoreFacts store, LogMessage message) {
        var event = message.event();
        if (!message.byReference()) {
            return Uni.createFrom().item(Optional.of(event));
        }
        return log.read(Projector.owner(store), only(event)).map(result -> switch (result) {
            case ReadResult.Page(var _, List<Event> events, var _)
            when !events.isEmpty() -> Optional.of(events.getFirst());
            case ReadResult.GenerationChanged(var now)
            when now.generation().compareTo(event.generation()) > 0 -> Optional.empty();
            default -> throw new LogBehind(store.id());
        });
    }

    static Read only(Event event) {
        return new Read(
                event.store(),
                Optional.of(event.generation()),
                Optional.empty(),
                event.sequence().value() - 1,
                Direction.FORWARD,
                1,
                Read.DEFAULT_MAX_BYTES);
    }
}
