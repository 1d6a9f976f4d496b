package dev.hearth.projection;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Somebody who has stores and appends to them.
public record Writer(EventLog log, Caller caller, Optional<Trace> trace) {
    public Writer(EventLog log, Caller caller) {
        this(log, caller, Optional.empty());
    }

    /// The same, with requests of this trace.
    public Writer under(Trace request) {
        return new Writer(log, caller, Optional.of(request));
    }

    public static Writer someone(EventLog log) {
        return new Writer(log, Caller.of(Principal.user(UUID.randomUUID())));
    }

    public Store open(String name) {
        var wish = new NewStore(caller.user(), new StoreName("native", name), "app", false);
        return ((OpenResult.Opened) now(log.open(caller, wish))).store();
    }

    /// Appends texts to a stream and returns them as events.
    public List<Event> append(StoreId store, String stream, String... texts) {
        var events = Stream.of(texts)
                .map(text -> new NewEvent(
                        new EventId(UUID.randomUUID().toString()),
                        new StreamId(stream),
                        "noted",
                        Payload.utf8(text),
                        "text/plain",
                        false,
                        Optional.empty(),
                        Origin.UNKNOWN,
                        Optional.empty(),
                        Map.of()))
                .toList();
        var appended = (dev.hearth.eventlog.AppendResult.Appended)
                now(log.append(caller, new Append(store, Expectation.any(), events).tracedBy(trace)));
        long head = appended.head().value();
        return ((ReadResult.Page) now(log.read(caller, Read.after(store, head - texts.length, texts.length)))).events();
    }

    public void reset(StoreId store) {
        now(log.reset(caller, store, now(log.find(caller, store)).orElseThrow().generation()));
    }

    public static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
