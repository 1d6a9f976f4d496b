package dev.hearth.testkit;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.WrongHead;
import dev.hearth.eventlog.AppendResult.WrongRevision;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.Expectation.AtAlias;
import dev.hearth.eventlog.Expectation.AtHead;
import dev.hearth.eventlog.Read.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The events of one generation of a store. Guarded by its store's monitor.
final class History {
    private final List<Event> events = new ArrayList<>();
    private final List<Alias> aliases = new ArrayList<>(List.of(Alias.ROOT));
    private final Map<EventId, Event> known = new HashMap<>();
    private final Map<StreamId, List<Event>> streams = new HashMap<>();

    Sequence head() {
        return new Sequence(events.size());
    }

    Alias headAlias() {
        return aliases.getLast();
    }

    Revision revision(StreamId stream) {
        return new Revision(streams.getOrDefault(stream, List.of()).size());
    }

    Optional<Event> find(EventId id) {
        return Optional.ofNullable(known.get(id));
    }

    void add(Event event) {
        events.add(event);
        aliases.add(event.alias().orElse(headAlias()));
        known.put(event.id(), event);
        streams.computeIfAbsent(event.stream(), _ -> new ArrayList<>()).add(event);
    }

    /// Why new events may not follow; `leading` are the known events at the front of the append.
    Optional<AppendResult> refusal(Generation generation, Expectation expectation, List<Event> leading) {
        return switch (expectation) {
            case Expectation.Any() -> Optional.empty();
            case AtHead(Sequence expected) -> {
                long reached = expected.value();
                for (var event : leading) {
                    if (event.sequence().value() != reached + 1) {
                        break;
                    }
                    reached++;
                }
                yield reached == events.size() ? Optional.empty() : wrongHead(generation);
            }
            case AtAlias(Alias expected) -> {
                var reached = expected;
                for (var event : leading) {
                    if (!aliases.get((int) event.sequence().value() - 1).equals(reached)) {
                        break;
                    }
                    reached = aliases.get((int) event.sequence().value());
                }
                yield reached.equals(headAlias()) ? Optional.empty() : wrongHead(generation);
            }
            case Expectation.NoStream(StreamId stream) -> at(generation, stream, 0, leading);
            case Expectation.AtRevision(StreamId stream, Revision expected) ->
                at(generation, stream, expected.value(), leading);
            case Expectation.StreamExists(StreamId stream) ->
                revision(stream).value() > 0 ? Optional.empty() : wrongRevision(generation, stream);
        };
    }

    private Optional<AppendResult> at(Generation generation, StreamId stream, long expected, List<Event> leading) {
        long reached = expected;
        // Known events of other streams may stand between.
        for (var event :
                leading.stream().filter(event -> event.stream().equals(stream)).toList()) {
            if (event.revision().value() != reached + 1) {
                break;
            }
            reached++;
        }
        return reached == revision(stream).value() ? Optional.empty() : wrongRevision(generation, stream);
    }

    private Optional<AppendResult> wrongHead(Generation generation) {
        return Optional.of(new WrongHead(generation, head(), headAlias()));
    }

    private Optional<AppendResult> wrongRevision(Generation generation, StreamId stream) {
        return Optional.of(new WrongRevision(generation, head(), revision(stream)));
    }

    /// The events beyond a cursor, nearest first. A backward cursor may lie far beyond the end.
    List<Event> beyond(long cursor, Direction direction, Optional<StreamId> stream) {
        var line = stream.map(name -> streams.getOrDefault(name, List.of())).orElse(events);
        return switch (direction) {
            case FORWARD -> List.copyOf(line.subList((int) Math.min(cursor, line.size()), line.size()));
            case BACKWARD ->
                line.subList(0, (int) Math.min(Math.max(cursor - 1, 0), line.size())).reversed().stream()
                        .toList();
        };
    }
}
