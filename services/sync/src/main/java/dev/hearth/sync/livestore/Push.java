package dev.hearth.sync.livestore;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.EventLines;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.Store;
import dev.hearth.sync.live.Live;
import dev.hearth.sync.livestore.Answers.Outcome;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/// Takes a client's events: accepted if and only if the first one's parent is the store's head, all or none. A batch
/// that stands already, or begins with what stands already, is a retry.
final class Push {
    private final EventLog log;
    private final Stores stores;
    private final Live live;

    Push(EventLog log, Stores stores, Live live) {
        this.log = log;
        this.stores = stores;
        this.live = live;
    }

    Uni<Outcome> push(Caller caller, Wire.Push push, Optional<Trace> trace) {
        if (!isComplete(push)) {
            return Uni.createFrom()
                    .item(new Outcome.Failed(
                            "a push has a storeId and a batch of events with name, clientId, sessionId"));
        }
        return stores.open(caller, push.storeId()).flatMap(store -> push(caller, push, store, trace));
    }

    private Uni<Outcome> push(Caller caller, Wire.Push push, Store store, Optional<Trace> trace) {
        var backend = Backend.of(store).id();
        var expected = push.expectedBackend().orElse(backend);
        if (!expected.equals(backend)) {
            return Uni.createFrom().item(new Outcome.OtherBackend(backend, expected));
        }
        if (!caller.rights().mayWrite(store.id())) {
            return Uni.createFrom().item(new Outcome.Failed("this API token was made for reading only"));
        }
        if (push.batch().isEmpty()) {
            return Uni.createFrom().item(new Outcome.Pushed());
        }
        var events = events(push.batch());
        var parent = new Alias(push.batch().getFirst().parentSeqNum());
        var append = new Append(store.id(), new Expectation.AtAlias(parent), events).tracedBy(trace);
        return log.append(caller, append)
                .invoke(result -> EventLines.say("answered", "livestore-face", append, result))
                .invoke(result -> wake(store, result))
                .map(result -> outcome(result, parent));
    }

    /// A client takes its own events for confirmed when they come back, and one that was refused waits for the others'.
    private void wake(Store store, AppendResult result) {
        switch (result) {
            case AppendResult.Appended appended -> live.moved(store.id(), appended.generation(), appended.head());
            case AppendResult.WrongHead wrong -> live.moved(store.id(), wrong.generation(), wrong.head());
            default -> {}
        }
    }

    private static List<NewEvent> events(List<Wire.Event> batch) {
        long parent = batch.getFirst().parentSeqNum();
        for (Wire.Event event : batch) {
            if (parent < 0 || event.seqNum() <= parent || event.parentSeqNum() != parent) {
                throw new Refused("event " + event.seqNum() + " does not follow " + parent);
            }
            parent = event.seqNum();
        }
        try {
            return batch.stream().map(StoredEvent::of).toList();
        } catch (IllegalArgumentException unusable) {
            throw new Refused(unusable.getMessage());
        }
    }

    private static boolean isComplete(Wire.Push push) {
        return push.storeId() != null
                && push.batch() != null
                && push.batch().stream()
                        .allMatch(event -> event != null
                                && event.name() != null
                                && event.clientId() != null
                                && event.sessionId() != null);
    }

    private static Outcome outcome(AppendResult result, Alias parent) {
        return switch (result) {
            case AppendResult.Appended _ -> new Outcome.Pushed();
            case AppendResult.WrongHead wrong
            when wrong.headAlias().compareTo(parent) >= 0 -> new Outcome.ServerAhead(wrong.headAlias(), parent);
            // Told that the server is ahead, the client would wait for events that do not exist.
            case AppendResult.WrongHead wrong ->
                new Outcome.Failed("the store ends at " + wrong.headAlias() + ", before event " + parent);
            case AppendResult.AliasNotAscending(var _, var previous) ->
                new Outcome.Failed("an event's number is not above " + previous);
            case AppendResult.OverLimit(var limit, long allowed, long actual) ->
                new Outcome.Failed("over the limit " + limit + ": " + actual + " of at most " + allowed);
            case AppendResult.UnknownStore _ -> new Outcome.Failed("the store is gone");
            case AppendResult.WrongRevision _, AppendResult.Locked _ ->
                throw new IllegalStateException("a push names no stream and no vault");
        };
    }
}
