package dev.hearth.testkit;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.AliasNotAscending;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.Assigned;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.Unlocked;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One store of the log in memory. Its monitor is what a store's row lock is in Postgres.
final class StoreLog {
    private final StoreId id;
    private final NewStore opened;
    private final Instant createdAt;
    private final Clock clock;

    private Generation generation = Generation.FIRST;
    private History history = new History();

    StoreLog(StoreId id, NewStore opened, Clock clock) {
        this.id = id;
        this.opened = opened;
        this.clock = clock;
        this.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Principal owner() {
        return opened.owner();
    }

    synchronized Store store() {
        return new Store(
                id,
                opened.owner(),
                opened.name(),
                opened.kind(),
                opened.isPrivate(),
                generation,
                history.head(),
                history.headAlias(),
                createdAt);
    }

    synchronized Store reset(Generation current) {
        if (current.equals(generation)) {
            generation = new Generation(generation.value() + 1);
            history = new History();
        }
        return store();
    }

    synchronized AppendResult append(Caller caller, Append append, Function<Unlocked, Optional<Long>> lockedSince) {
        var known =
                append.events().stream().map(event -> history.find(event.id())).toList();
        boolean anyNew = known.stream().anyMatch(Optional::isEmpty);
        if (anyNew) {
            var locked = append.unlocked().flatMap(lockedSince);
            if (locked.isPresent()) {
                return new AppendResult.Locked(locked.get());
            }
            var leading = known.stream()
                    .takeWhile(Optional::isPresent)
                    .map(Optional::get)
                    .toList();
            var refused = history.refusal(generation, append.expectation(), leading)
                    .or(() -> aliasRefusal(append.events(), known));
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        var assigned = append.events().stream()
                .map(event -> assign(caller, event, append.trace()))
                .toList();
        return new Appended(generation, history.head(), history.headAlias(), assigned);
    }

    private Optional<AppendResult> aliasRefusal(List<NewEvent> events, List<Optional<Event>> known) {
        var previous = history.headAlias();
        Map<EventId, Alias> seen = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if (known.get(i).isPresent() || event.alias().isEmpty() || seen.containsKey(event.id())) {
                continue;
            }
            var alias = event.alias().get();
            if (alias.compareTo(previous) <= 0) {
                return Optional.of(new AliasNotAscending(event.id(), previous));
            }
            seen.put(event.id(), alias);
            previous = alias;
        }
        return Optional.empty();
    }

    private Assigned assign(Caller caller, NewEvent event, Optional<Trace> trace) {
        var known = history.find(event.id());
        if (known.isPresent()) {
            boolean differs = !known.get().payload().equals(event.payload());
            return new Assigned(event.id(), known.get().sequence(), true, differs);
        }
        var stored = new Event(
                id,
                generation,
                new Sequence(history.head().value() + 1),
                event.stream(),
                new Revision(history.revision(event.stream()).value() + 1),
                event.alias(),
                event.id(),
                event.type(),
                event.payload(),
                event.contentType(),
                event.isPrivate(),
                false,
                caller.user().toString(),
                event.origin(),
                event.occurredAt().map(time -> time.truncatedTo(ChronoUnit.MICROS)),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                event.attributes(),
                trace);
        history.add(stored);
        return new Assigned(event.id(), stored.sequence(), false, false);
    }

    synchronized ReadResult read(Read read) {
        if (read.generation().isPresent() && !read.generation().get().equals(generation)) {
            return new ReadResult.GenerationChanged(store());
        }
        var candidates = history.beyond(read.cursor(), read.direction(), read.stream());
        var page = new ArrayList<Event>();
        long bytes = 0;
        for (var event : candidates) {
            bytes += event.payload().size();
            if (page.size() == read.limit() || (!page.isEmpty() && bytes > read.maxBytes())) {
                break;
            }
            page.add(event);
        }
        return new ReadResult.Page(store(), List.copyOf(page), page.size() < candidates.size());
    }
}
