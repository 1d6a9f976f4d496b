package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// What every part of the log's contract suite speaks in: fresh callers, stores and events for each test.
abstract class LogFixture {
    static final StreamId NOTES = new StreamId("notes");

    /// The log under test. It may hold other tests' stores.
    protected abstract EventLog log();

    /// What the log under test was configured to refuse.
    protected LogLimits limits() {
        return LogLimits.SMALL;
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }

    static Caller someone() {
        return Caller.of(Principal.user(UUID.randomUUID()));
    }

    static NewStore store(Caller owner, String name) {
        return new NewStore(owner.user(), new StoreName("native", name), "app", false);
    }

    Store open(Caller caller) {
        return open(caller, "todo");
    }

    Store open(Caller caller, String name) {
        return ((OpenResult.Opened) await(log().open(caller, store(caller, name)))).store();
    }

    Store current(Caller caller, StoreId id) {
        return await(log().find(caller, id)).orElseThrow();
    }

    static NewEvent event(String id) {
        return event(id, NOTES);
    }

    static NewEvent event(String id, StreamId stream) {
        return event(id, stream, Payload.utf8("{\"id\":\"" + id + "\"}"));
    }

    static NewEvent event(String id, StreamId stream, Payload payload) {
        return TestEvents.of(id, stream, payload);
    }

    static NewEvent aliased(String id, long alias) {
        var plain = event(id);
        return new NewEvent(
                plain.id(),
                plain.stream(),
                plain.type(),
                plain.payload(),
                plain.contentType(),
                false,
                Optional.of(new Alias(alias)),
                plain.origin(),
                plain.occurredAt(),
                plain.attributes());
    }

    static List<NewEvent> events(String... ids) {
        return Stream.of(ids).map(LogFixture::event).toList();
    }

    AppendResult append(Caller caller, StoreId store, Expectation expectation, List<NewEvent> events) {
        return await(log().append(caller, new Append(store, expectation, events)));
    }

    Appended appended(Caller caller, StoreId store, List<NewEvent> events) {
        var result = append(caller, store, Expectation.any(), events);
        assertThat(result).isInstanceOf(Appended.class);
        return (Appended) result;
    }

    static List<Long> sequences(Appended appended) {
        return appended.assigned().stream()
                .map(assigned -> assigned.sequence().value())
                .toList();
    }

    ReadResult.Page page(Caller caller, Read read) {
        return (ReadResult.Page) await(log().read(caller, read));
    }

    List<Event> all(Caller caller, StoreId store) {
        return page(caller, Read.after(store, 0, Integer.MAX_VALUE)).events();
    }

    static List<String> ids(List<Event> events) {
        return events.stream().map(event -> event.id().value()).toList();
    }
}
